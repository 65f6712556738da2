// A parameter that is lost has no property.
// source: value of type 'ChangeErrorArguments.LosesOneArguments' has no member 'limit'
// binary: undefined symbol
import ChangeErrors

for message in ["Used 1 of 2", "Used 1"] {
  let error = ChangeError(status: 400, code: .losesOne, message: message)
  print(error.arguments.losesOne?.limit ?? 0)
}
