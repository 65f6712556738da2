// It is an unknown code.
// source: compiles
// binary: runs
import ChangeErrors

print(ChangeErrorCode(rawValue: 8).isKnown)
