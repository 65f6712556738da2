// What names an error and shows it goes on, whatever happens to its message.
// source: compiles
// binary: runs
import ChangeErrors

let codes: [ChangeErrorCode] = [
  .becomesCases, .gainsFirst, .gainsSecond, .losesOne, .changesType, .deprecates, .changesTexts,
]
for code in codes {
  do {
    throw ChangeError(status: 400, code: code)
  } catch ChangeErrorCategory.order {
    print(code, code.messageTemplate ?? "cases", code.parameters.count, code.cases.count)
  }
}
print(ChangeErrorCode.moves.group?.rawValue ?? "no group")
switch ChangeErrorCode(rawValue: 10) {
case .renamesParameter: print("renamed")
default: print("another")
}
