// A parameter is named in the arguments.
// source: has no member 'card'
// binary: undefined symbol
import ChangeErrors

let error = ChangeError(status: 400, code: .renamesParameter, message: "Card a refused")
print(error.arguments.renamesParameter?.card ?? "unknown")
