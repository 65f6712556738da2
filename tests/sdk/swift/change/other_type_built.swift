// An argument has the type of its parameter.
// source: cannot convert value of type 'Int' to expected argument type 'String'
// binary: undefined symbol
import ChangeErrors

print(ChangeError.changesType(limit: 2))
