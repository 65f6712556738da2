// Each case has a function of its own.
// source: type 'ChangeError' has no member 'becomesCases'
// binary: undefined symbol
import ChangeErrors

print(ChangeError.becomesCases(order: "a"))
