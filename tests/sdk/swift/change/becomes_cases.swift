// The parameters of an error that becomes cases are those of its cases.
// source: value of type 'ChangeErrorArguments' has no member 'becomesCases'
// binary: undefined symbol
import ChangeErrors

print(ChangeError(status: 400, code: .becomesCases).arguments.becomesCases?.order ?? "unknown")
