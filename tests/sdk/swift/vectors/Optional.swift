// Members that a module has only where its catalogue needs them: its own are preferred to these.

protocol Optionals {}

extension Subject: Optionals {}

extension Optionals {
  var rawCode: String? { nil }
  var `case`: Absent? { nil }
  var group: Absent? { nil }
  var parameters: [String: AbsentValue] { [:] }

  func localizedRecoverySuggestion(for locale: String) -> String? { nil }
}

struct Absent {
  let rawValue: String
}

enum AbsentValue {
  case string(String)
  case integer(Int64)
  case boolean(Bool)
}
