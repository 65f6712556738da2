// A parameter is a label of the function.
// source: incorrect argument label in call (have 'card:', expected 'number:')
// binary: undefined symbol
import ChangeErrors

print(ChangeError.renamesParameter(card: "a"))
