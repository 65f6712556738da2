// A second parameter leaves the first as it is where it is read.
// source: compiles
// binary: runs
import ChangeErrors

let code = ChangeErrorCode.gainsSecond
let message = (code.messageTemplate ?? "").split(separator: " ").map { word in
  word.hasPrefix("{") ? "emma" : String(word)
}
let error = ChangeError(status: 400, code: code, message: message.joined(separator: " "))
if let arguments = error.arguments.gainsSecond {
  print(arguments.user)
}
