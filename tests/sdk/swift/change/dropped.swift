// An error that is retired and dropped has no constant.
// source: has no member 'dropped'
// binary: undefined symbol
import ChangeErrors

print(ChangeErrorCode.dropped)
