// A message with a first parameter is built by a function. Until then, it was the template of its code.
// source: compiles
// binary: runs
import ChangeErrors

let code = ChangeErrorCode.gainsFirst
print(ChangeError(status: 400, code: code, message: code.messageTemplate))
