// A message with a second parameter is built with both.
// source: missing argument for parameter 'shop' in call
// binary: undefined symbol
import ChangeErrors

print(ChangeError.gainsSecond(user: "emma"))
