import Foundation
import Vectors
import XCTest

/// Holds a module against its files of vectors.
final class ModuleTests: XCTestCase {
  func testVectors() throws {
    var count = 0
    for path in vectorFiles {
      let file = try VectorFile(path: path)
      XCTAssertEqual(file.format, 2, path)
      // Only a catalogue of which nothing is left has no definitions, and no vectors either.
      XCTAssertTrue(!file.vectors.isEmpty || file.definitions?.isEmpty == true, path)
      for vector in file.vectors {
        for difference in differences(of: answer(to: vector), from: vector.expected) {
          XCTFail("\(path): \(vector.name): \(difference)")
        }
        // The vectors that are generated are those of messages that can be built, in the fallback
        // locale.
        guard file.definitions != nil, vector.locale == nil else { continue }
        for difference in try differencesIfBuilt(vector.expected) {
          XCTFail("\(path): \(vector.name), built: \(difference)")
        }
      }
      count += file.vectors.count
    }
    print("vectors: \(count)")
  }

  func testDefinitions() throws {
    let path = try XCTUnwrap(vectorFiles.first)
    let file = try VectorFile(path: path)
    let definitions = try XCTUnwrap(file.definitions)
    for expected in definitions {
      let raw = try XCTUnwrap(expected["code"]?.rawValue as? SubjectCode.RawValue)
      let id = try XCTUnwrap(expected["id"]?.string)
      XCTAssertEqual(SubjectCode(id: id), SubjectCode(rawValue: raw), id)
      var found = definition(of: SubjectCode(rawValue: raw), expecting: expected)
      let properties = SubjectCode(rawValue: raw).properties.mapValues(value)
      if expected["properties"] != nil || !properties.isEmpty {
        found["properties"] = .object(properties)
      }
      let code = SubjectCode(rawValue: raw)
      let error = Subject(status: 0, code: code)
      for typed in [typedProperties(code), typedProperties(error)] {
        XCTAssertEqual(.object(typed.compactMapValues(typedValue)), JSON.object(properties), id)
      }
      found["no_error"] = expected["no_error"]
      if case .array(let oldIDs)? = expected["renamed_from"] {
        found["renamed_from"] = .array(oldIDs.filter { SubjectCode(id: $0.string ?? "") == code })
      }
      for difference in differences(of: found, from: expected) {
        XCTFail("\(path): definition of \(id): \(difference)")
      }
      for (tag, locale) in file.locales?.tags ?? [:] {
        let text = JSON(SubjectCode(rawValue: raw).localizedDescription(for: tag))
        XCTAssertEqual(text, expected["descriptions"]?[locale], "\(id) for \(tag)")
      }
    }
    XCTAssertEqual(SubjectCode.knownCodes.count, definitions.count)
    // No code is equal to another, to programs either.
    XCTAssertEqual(Set(SubjectCode.knownCodes).count, definitions.count)
    for (code, next) in zip(SubjectCode.knownCodes, SubjectCode.knownCodes.dropFirst()) {
      XCTAssertTrue(code != next, "\(code)")
    }
    print("definitions: \(definitions.count)")
  }

  func testTitles() throws {
    let path = try XCTUnwrap(vectorFiles.first)
    for expected in try XCTUnwrap(try VectorFile(path: path).categories) {
      let id = try XCTUnwrap(expected["id"]?.string)
      let category = SubjectCategory(rawValue: id)
      XCTAssertEqual(
        expected["titles"]?.mapMembers { JSON(category.localizedTitle(for: $0)) },
        expected["titles"]
      )
      guard case .array(let groups)? = expected["groups"] else {
        XCTFail("\(path): category \(id) has no groups")
        continue
      }
      for expected in groups {
        let name = try "\(id).\(XCTUnwrap(expected["id"]?.string))"
        XCTAssertEqual(
          expected["titles"]?.mapMembers { JSON(SubjectGroup(rawValue: name).localizedTitle(for: $0)) },
          expected["titles"]
        )
      }
    }
  }

  func testUnknownFindsNothing() {
    XCTAssertNil(SubjectCode(id: "no_such_id"))
    let unknown: [Any] = ["no_such_code", -987_654_321]
    for code in unknown.compactMap({ $0 as? SubjectCode.RawValue }).map(SubjectCode.init) {
      XCTAssertFalse(code.isKnown)
      XCTAssertNil(code.id)
      XCTAssertNil(code.httpStatus)
      XCTAssertNil(code.category)
      XCTAssertNil(code.retry)
      XCTAssertNil(code.messageTemplate)
      XCTAssertNil(code.localizedDescription(for: "en"))
      XCTAssertNil(code.localizedRecoverySuggestion(for: "en"))
    }
    XCTAssertNil(SubjectCategory(rawValue: "no_such_category").localizedTitle(for: "en"))
  }
}

/// What the module makes of a vector's response, for each member that a vector can expect.
///
/// - Parameter isWhole: Whether the vector expects all that the response says.
func answer(to vector: Vector, isWhole: Bool = true) -> [String: JSON] {
  let (response, expected) = (vector.response, vector.expected)
  let error = Subject(status: response.status, headers: response.headers, body: response.body.data)
  XCTAssertEqual(error.status, response.status, vector.name)
  XCTAssertEqual(error.rawBody, Array(response.body.data), vector.name)
  if isWhole {
    if expected["errors"] == nil { XCTAssertTrue(error.errors.isEmpty, vector.name) }
    if expected["fields"] == nil { XCTAssertTrue(error.fields.isEmpty, vector.name) }
    if expected["subcode"] == nil { XCTAssertNil(error.subcode, vector.name) }
  }
  let id = error.code?.id
  let category = error.category?.rawValue
  let texts = texts(of: error, expecting: expected)
  var found: [String: JSON] = [
    "code": error.code.map { JSON($0.rawValue) } ?? JSON(error.rawCode),
    "id": JSON(id),
    "case": JSON(error.case.map { local($0.rawValue, to: id) }),
    "category": JSON(category),
    "group": JSON(error.group.map { local($0.rawValue, to: category) }),
    "retry": JSON(error.retry.rawValue),
    "message": JSON(error.message),
    "raw_message": JSON(error.rawMessage),
    "parameters": .object(error.parameters.mapValues(value)),
    "display": JSON("\(error)"),
    "descriptions": texts.descriptions,
    "resolutions": texts.resolutions,
  ]
  if expected["subcode"] != nil { found["subcode"] = JSON(error.subcode) }
  if expected["fields"] != nil {
    found["fields"] = .object(error.fields.mapValues { JSON($0) })
  }
  if expected["errors"] != nil {
    found["errors"] = .array(error.errors.map { .object(item($0, expecting: expected)) })
  }
  if expected["retry_after"] != nil {
    found["retry_after"] = JSON(error.retryAfter)
  }
  if let now = expected["retry_after_at"]?["now"] {
    let seconds = (now.rawValue as? Int).flatMap { error.retryAfter(at: $0) }
    found["retry_after_at"] = .object(["now": now, "seconds": JSON(seconds)])
  }
  // Missing where they are the same.
  if expected["raw_descriptions"] != nil || texts.rawDescriptions != texts.descriptions {
    found["raw_descriptions"] = texts.rawDescriptions
  }
  if expected["raw_resolutions"] != nil || texts.rawResolutions != texts.resolutions {
    found["raw_resolutions"] = texts.rawResolutions
  }
  return found
}

/// What the module makes of an item in a list of errors, for each member that is expected of the response.
private func item(_ error: Subject, expecting expected: JSON) -> [String: JSON] {
  if expected["fields"] == nil { XCTAssertTrue(error.fields.isEmpty) }
  if expected["subcode"] == nil { XCTAssertNil(error.subcode) }
  var found: [String: JSON] = [
    "code": error.code.map { JSON($0.rawValue) } ?? JSON(error.rawCode),
    "id": JSON(error.code?.id),
    "case": JSON(error.case.map { local($0.rawValue, to: error.code?.id) }),
    "message": JSON(error.message),
    "raw_message": JSON(error.rawMessage),
    "parameters": .object(error.parameters.mapValues(value)),
  ]
  if expected["subcode"] != nil { found["subcode"] = JSON(error.subcode) }
  if expected["fields"] != nil {
    found["fields"] = .object(error.fields.mapValues { JSON($0) })
  }
  return found
}

/// The error that is built from an expected code, case and parameters.
func built(_ expected: JSON) throws -> Subject {
  let raw = try XCTUnwrap(expected["code"]?.rawValue as? SubjectCode.RawValue)
  let name = expected["case"]?.string.map { "\(expected["id"]?.string ?? "").\($0)" }
  let code = SubjectCode(rawValue: raw)
  let kind = name.map(SubjectCase.init(rawValue:))
  var values: [String: SubjectValue] = [:]
  for parameter in kind?.parameters ?? code.parameters {
    let text = expected["parameters"]?[parameter.name]?.text
    values[parameter.name] = text.flatMap { value(of: $0, as: parameter) }
  }
  return build(code, kind, values)
}

/// How an error that is built from a vector's code, case and parameters differs from the expected one.
private func differencesIfBuilt(_ expected: JSON) throws -> [String] {
  let error = try built(expected)
  let texts = texts(of: error, expecting: expected)
  let found = [
    "status": JSON(error.status),
    "message": JSON(error.message),
    "raw_message": JSON(error.rawMessage),
    "descriptions": texts.descriptions,
    "resolutions": texts.resolutions,
    "raw_descriptions": texts.rawDescriptions,
    "raw_resolutions": texts.rawResolutions,
  ]
  return differences(
    of: found,
    from: .object([
      "status": JSON(error.code?.httpStatus ?? 0),
      "message": expected["message"] ?? .null,
      "raw_message": expected["raw_message"] ?? .null,
      "descriptions": expected["descriptions"] ?? .null,
      "resolutions": expected["resolutions"] ?? .null,
      "raw_descriptions": expected["raw_descriptions"] ?? expected["descriptions"] ?? .null,
      "raw_resolutions": expected["raw_resolutions"] ?? expected["resolutions"] ?? .null,
    ])
  )
}

/// The texts of an error, for each language tag that is asked for.
private func texts(of error: Subject, expecting expected: JSON) -> (
  descriptions: JSON, resolutions: JSON, rawDescriptions: JSON, rawResolutions: JSON
) {
  let tags = expected["descriptions"]
  return (
    texts(tags, error.localizedDescription(for:)),
    texts(expected["resolutions"], error.localizedRecoverySuggestion(for:)),
    texts(tags, error.rawDescription(for:)),
    texts(expected["resolutions"], error.rawRecoverySuggestion(for:))
  )
}

/// What the module knows of a code, for each member of a definition.
private func definition(of code: SubjectCode, expecting expected: JSON) -> [String: JSON] {
  let category = code.category?.rawValue
  let tags = expected["descriptions"]
  let messages: [JSON] =
    code.cases.isEmpty
    ? [
      message(
        case: nil,
        template: code.messageTemplate,
        parameters: code.parameters.map { ($0.name, $0.type.rawValue) },
        descriptions: texts(tags, code.localizedDescription(for:))
      )
    ]
    : code.cases.map { value in
      message(
        case: local(value.rawValue, to: code.id),
        template: value.messageTemplate,
        parameters: value.parameters.map { ($0.name, $0.type.rawValue) },
        descriptions: texts(tags, value.localizedDescription(for:))
      )
    }
  return [
    "code": JSON(code.rawValue),
    "id": JSON(code.id),
    "http": JSON(code.httpStatus),
    "category": JSON(category),
    "group": JSON(code.group.map { local($0.rawValue, to: category) }),
    "retry": JSON(code.retry?.rawValue),
    "sensitive": JSON(code.isSensitive),
    "docs_url": JSON(code.documentationURL),
    "since": JSON(code.since),
    "deprecated": code.deprecation.map {
      .object(["since": JSON($0.since), "use": JSON($0.replacement?.id)])
    } ?? .null,
    "retired": code.retirement.map { .object(["since": JSON($0.since)]) } ?? .null,
    "messages": .array(messages),
    "descriptions": texts(tags, code.localizedDescription(for:)),
    "resolutions": texts(tags, code.localizedRecoverySuggestion(for:)),
  ]
}

private func message(
  case name: String?,
  template: String?,
  parameters: [(String, String)],
  descriptions: JSON
) -> JSON {
  .object([
    "case": JSON(name),
    "message": JSON(template),
    "parameters": .object(
      Dictionary(uniqueKeysWithValues: parameters.map { ($0.0, JSON($0.1)) })
    ),
    "descriptions": descriptions,
  ])
}

/// The value of a property as a type of its own has it.
private func typedValue(_ value: Any?) -> JSON? {
  switch value {
  case let text as String: .string(text)
  case let boolean as Bool: .boolean(boolean)
  case let integer as Int64: .integer(integer)
  case let list as [Any]: .array(list.compactMap(typedValue))
  case let value as any RawRepresentable: typedValue(value.rawValue)
  default: nil
  }
}

/// The value of a parameter, or of a property, which is a list in some modules only.
private func value(_ value: SubjectValue) -> JSON {
  switch Mirror(reflecting: value).children.first?.value {
  case let text as String: .string(text)
  case let boolean as Bool: .boolean(boolean)
  case let number as Double: .number(number)
  case let integer as any BinaryInteger: .integer(Int64(integer))
  case let list as [String]: .array(list.map { .string($0) })
  default: .null
  }
}

/// A text for each language tag that is asked for.
private func texts(_ tags: JSON?, _ text: (String) -> String?) -> JSON {
  tags?.mapMembers { JSON(text($0)) } ?? .null
}

/// An id less that of what it is in: Swift's name of a group is `category.group`, and of a case `error.case`.
private func local(_ name: String, to owner: String?) -> String {
  guard let owner, name.hasPrefix("\(owner).") else { return name }
  return String(name.dropFirst(owner.count + 1))
}
