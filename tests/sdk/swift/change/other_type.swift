// A property has the type of its parameter.
// source: cannot convert value of type 'String' to specified type 'Int64'
// binary: undefined symbol
import ChangeErrors

let error = ChangeError(status: 400, code: .changesType, message: "Limit 2 reached")
if let arguments = error.arguments.changesType {
  let limit: Int64 = arguments.limit
  print(limit)
}
