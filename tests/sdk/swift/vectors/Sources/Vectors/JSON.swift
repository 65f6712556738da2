import Foundation

/// A value that is expected or found.
public enum JSON: Codable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let boolean = try? container.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let array = try? container.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let boolean): try container.encode(boolean)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    case .array(let array): try container.encode(array)
    case .object(let members): try container.encode(members)
    }
  }

  /// The value of a text in UTF-8.
  public init(reading text: some Sequence<UInt8>) throws {
    self = try JSONDecoder().decode(Self.self, from: Data(text))
  }

  public init(_ boolean: Bool?) {
    self = boolean.map(JSON.boolean) ?? .null
  }

  public init(_ integer: Int?) {
    self = integer.map { .integer(Int64($0)) } ?? .null
  }

  public init(_ string: String?) {
    self = string.map(JSON.string) ?? .null
  }

  /// The text, if it is one.
  public var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  /// What a message has for a value.
  public var text: String? {
    switch self {
    case .string(let string): string
    case .integer(let integer): String(integer)
    case .number(let number): "\(number)"
    case .boolean(let boolean): String(boolean)
    default: nil
    }
  }

  /// What a code of this value is made from.
  public var rawValue: Any? {
    switch self {
    case .integer(let integer): Int(exactly: integer)
    case .string(let string): string
    default: nil
    }
  }

  /// A member of an object.
  public subscript(member: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members[member]
  }

  /// The same object with another value of a member, or without it.
  public func with(_ member: String, _ value: JSON?) -> JSON {
    guard case .object(var members) = self else { return self }
    members[member] = value
    return .object(members)
  }

  /// The same object with these of its members.
  public func only(_ names: [String]) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { names.contains($0.key) })
  }

  /// An object of the same members, whose values are those of a function of their names.
  public func mapMembers(_ value: (String) -> JSON) -> JSON {
    guard case .object(let members) = self else { return .null }
    return .object(Dictionary(uniqueKeysWithValues: members.keys.map { ($0, value($0)) }))
  }
}

extension JSON: Equatable {
  /// Strings are equal byte for byte, where Swift's own comparison takes "é" and "e\u{301}" for one.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
      number == Double(integer)
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSON: CustomStringConvertible {
  public var description: String {
    switch self {
    case .null:
      return "null"
    case .boolean(let boolean):
      return String(boolean)
    case .integer(let integer):
      return String(integer)
    case .number(let number):
      return String(number)
    case .string(let string):
      let shown = string.debugDescription
      return shown.count <= 300 ? shown : "\(shown.prefix(300))… (\(string.utf8.count) bytes)"
    case .array(let values):
      return "[\(values.map(\.description).joined(separator: ", "))]"
    case .object(let members):
      let shown = members.sorted { $0.key < $1.key }.map {
        "\($0.key.debugDescription): \($0.value)"
      }
      return "{\(shown.joined(separator: ", "))}"
    }
  }
}

/// What of `found` is not as expected, by member; they have to have the same members.
public func differences(of found: [String: JSON], from expected: JSON) -> [String] {
  guard case .object(let expected) = expected else { return ["no object is expected"] }
  return Set(expected.keys).union(found.keys).sorted().compactMap { member in
    guard expected[member] != found[member] else { return nil }
    return """
      \(member)
        expected \(expected[member]?.description ?? "no such member")
        found    \(found[member]?.description ?? "no such member")
      """
  }
}
