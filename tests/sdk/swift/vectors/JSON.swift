/// A value that is expected or found.
enum JSON: Decodable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case string(String)
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let boolean = try? container.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  init(_ integer: Int?) {
    self = integer.map { .integer(Int64($0)) } ?? .null
  }

  init(_ string: String?) {
    self = string.map(JSON.string) ?? .null
  }
}

extension JSON: Equatable {
  /// Strings are equal byte for byte, where Swift's own comparison takes "é" and "e\u{301}" for one.
  static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSON: CustomStringConvertible {
  var description: String {
    switch self {
    case .null:
      return "null"
    case .boolean(let boolean):
      return String(boolean)
    case .integer(let integer):
      return String(integer)
    case .string(let string):
      let shown = string.debugDescription
      return shown.count <= 300 ? shown : "\(shown.prefix(300))… (\(string.utf8.count) bytes)"
    case .object(let members):
      let shown = members.sorted { $0.key < $1.key }.map {
        "\($0.key.debugDescription): \($0.value)"
      }
      return "{\(shown.joined(separator: ", "))}"
    }
  }
}
