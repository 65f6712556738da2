// Those that are left have theirs.
// source: compiles
// binary: runs
import ChangeErrors

print(ChangeError(status: 400, code: .losesOne, message: "Used 1").arguments.losesOne?.count ?? 0)
