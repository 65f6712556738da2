// A parameter that is lost is not an argument.
// source: extra argument 'limit' in call
// binary: undefined symbol
import ChangeErrors

print(ChangeError.losesOne(count: 1, limit: 2))
