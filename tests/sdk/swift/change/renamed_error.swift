// An error is named by its id.
// source: has no member 'oldName'
// binary: undefined symbol
import ChangeErrors

print(ChangeErrorCode.oldName)
