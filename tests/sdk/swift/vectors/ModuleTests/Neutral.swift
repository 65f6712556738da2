// Members that a module has only where its catalogue needs them: its own are preferred to these.

protocol ErrorNeutral {}
protocol CodeNeutral {}
protocol CaseNeutral {}

extension Subject: ErrorNeutral {}
extension SubjectCode: CodeNeutral {}
extension SubjectCase: CaseNeutral {}

extension ErrorNeutral {
  var rawCode: String? { nil }
  var `case`: Absent? { nil }
  var group: Absent? { nil }
  var parameters: [String: AbsentValue] { [:] }

  func localizedRecoverySuggestion(for locale: String) -> String? { nil }
}

extension CodeNeutral {
  var group: Absent? { nil }
  var parameters: [AbsentParameter] { [] }
  var cases: [Absent] { [] }
  var isSensitive: Bool? { false }
  var documentationURL: String? { nil }
  var since: String? { nil }
  var deprecation: AbsentNote? { nil }
  var retirement: AbsentNote? { nil }

  func localizedRecoverySuggestion(for locale: String) -> String? { nil }
}

extension CaseNeutral {
  var parameters: [AbsentParameter] { [] }
}

/// A case or a group.
struct Absent {
  let rawValue: String
  let messageTemplate: String?

  func localizedTitle(for locale: String) -> String? { nil }
  func localizedDescription(for locale: String) -> String? { nil }
}

enum AbsentValue {
  case string(String)
  case integer(Int64)
  case boolean(Bool)
}

struct AbsentParameter {
  let name: String
  let type: AbsentType
}

enum AbsentType: String {
  case none
}

/// A deprecation or a retirement.
struct AbsentNote {
  let since: String
  let replacement: SubjectCode?
}
