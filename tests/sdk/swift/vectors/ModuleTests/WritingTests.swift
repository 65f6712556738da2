import Foundation
import Vectors
import XCTest

/// Raises each error, compares what a server writes of it with the vector, and hands it to the other languages.
final class WritingTests: XCTestCase {
  func testWhatIsWritten() throws {
    let file = try VectorFile(path: try XCTUnwrap(vectorFiles.first))
    let vectors = file.vectors.filter { isRaised($0, in: file) }
    var exchanged: [Vector] = []
    for vector in vectors {
      let error = try raise(vector.expected)
      let response = try XCTUnwrap(written(error, acceptLanguage: vector.locale))
      exchanged.append(.init(vector.name, vector, response, vector.expected))
      XCTAssertEqual(response.status, vector.response.status, vector.name)
      XCTAssertEqual(
        response.headers.mapKeys { $0.lowercased() },
        expectedHeaders(of: vector, contentType: "application/json"),
        vector.name
      )
      XCTAssertEqual(
        try JSON(reading: response.body.data),
        try JSON(reading: vector.response.body.data),
        vector.name
      )

      let later = error.with {
        $0.retryAfter = 30
        $0.underlyingError = Cause()
      }
      let delayed = try XCTUnwrap(written(later, acceptLanguage: vector.locale))
      XCTAssertEqual(delayed.headers["retry-after"], "30", vector.name)
      XCTAssertFalse("\(delayed)".contains(secret), vector.name)
      exchanged.append(
        .init("\(vector.name) later", vector, delayed, vector.expected.with("retry_after", .integer(30)))
      )

      if let others = try withOthers(error, vector, first: vectors[0]) { exchanged.append(others) }

      // One that was received is written in the same way.
      let (status, headers) = (vector.response.status, vector.response.headers)
      let read = Subject(status: status, headers: headers, body: vector.response.body.data)
      let again = try XCTUnwrap(written(read, acceptLanguage: nil))
      XCTAssertEqual(
        try JSON(reading: again.body.data),
        try JSON(reading: vector.response.body.data),
        vector.name
      )

      guard let problem = try vector.problem.map({ try JSON(reading: $0.utf8) }) else { continue }
      let details = try XCTUnwrap(
        written(error, acceptLanguage: vector.locale, asProblem: true)
      )
      // In the language of a request, the details are the description.
      let detail = vector.locale == nil ? nil : problem["detail"]
      let found = try JSON(reading: details.body.data)
      XCTAssertEqual(detail == nil ? found : found.with("detail", detail), problem, vector.name)
      let detailsAgain = try XCTUnwrap(written(read, acceptLanguage: nil, asProblem: true))
      XCTAssertEqual(try JSON(reading: detailsAgain.body.data), problem, vector.name)
      XCTAssertEqual(
        details.headers.mapKeys { $0.lowercased() },
        expectedHeaders(of: vector, contentType: "application/problem+json"),
        vector.name
      )
      exchanged.append(.init("\(vector.name) as a problem", vector, details, vector.expected))
      if vector.locale == nil { try compareDetails(of: error, with: vector.expected, vector.name) }
    }
    let folder = exchangeFolder
    try ExchangeFile(catalog: file.catalog, vectors: exchanged).write(to: "\(folder)/swift.json")
    let values = try vectors.filter { $0.locale == nil }.flatMap(withValues)
    try ExchangeFile(catalog: file.catalog, vectors: values).write(to: "\(folder)/swift.values.json")
  }

  func testLanguages() throws {
    let file = try VectorFile(path: try XCTUnwrap(vectorFiles.first))
    let languages = try AcceptLanguage(path: acceptLanguageFile)
    guard file.catalog == languages.catalog, let vector = file.vectors.first else { return }
    let error = try raise(vector.expected)
    // The server has its messages in one language, so that only problem details depend on the reader.
    let responses = [
      written(error, acceptLanguage: "zh"),
      written(error, acceptLanguage: nil, asProblem: true),
    ]
    for response in responses {
      let headers = try XCTUnwrap(response).headers
      XCTAssertNil(headers["content-language"])
      XCTAssertNil(headers["vary"])
    }
    for answer in languages.locales {
      let response = try XCTUnwrap(written(error, acceptLanguage: answer.header, asProblem: true))
      XCTAssertEqual(response.headers["content-language"], answer.locale, answer.header)
      XCTAssertEqual(response.headers["vary"], "Accept-Language", answer.header)
    }
    let long = String(repeating: "fr,", count: 400) + "zh"
    let cut = try XCTUnwrap(written(error, acceptLanguage: long, asProblem: true))
    XCTAssertEqual(cut.headers["content-language"], "en")
  }

  /// The module's answer to what each language has written, where that is below the current folder.
  func testExchange() throws {
    let folder = "exchange/\(URL(fileURLWithPath: exchangeFolder).lastPathComponent)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var (bodies, unread) = (0, 0)
    for name in names.sorted() {
      let file = try VectorFile(path: "\(folder)/\(name)")
      let isOfValues = name.hasSuffix(".values.json")
      for vector in file.vectors {
        let found = answer(to: vector, isWhole: !isOfValues)
        if isOfValues {
          let members = ["code", "id", "case", "parameters"]
          unread += JSON.object(found).only(members) == vector.expected ? 0 : 1
        } else {
          for difference in differences(of: found, from: vector.expected) {
            XCTFail("\(folder)/\(name): \(vector.name): \(difference)")
          }
        }
      }
      bodies += file.vectors.count
    }
    print("bodies: \(bodies)")
    print("unread: \(unread)")
  }
}

private let secret = "hunter2"

private struct Cause: Error, CustomStringConvertible {
  let description = "database password \(secret)"
}

/// Whether servers send a vector's error.
private func isRaised(_ vector: Vector, in file: VectorFile) -> Bool {
  let definition = file.definitions?.first { $0["id"] == vector.expected["id"] }
  return definition?["http"] != .null && definition?["retired"] == .null
    && definition?["no_error"] == nil
}

/// An error with the case, the parameters and the fields that are expected.
private func raise(_ expected: JSON) throws -> Subject {
  var error = try built(expected)
  if case .object(let fields)? = expected["fields"] {
    setFields(of: &error, to: fields.compactMapValues(\.string))
  }
  return error
}

private func expectedHeaders(of vector: Vector, contentType: String) -> [String: String] {
  var headers = vector.response.headers.mapKeys { $0.lowercased() }
  headers["content-type"] = contentType
  headers["content-language"] = vector.locale
  headers["vary"] = vector.locale.map { _ in "Accept-Language" }
  return headers
}

/// The details of an error are its description, or else its message.
private func compareDetails(of error: Subject, with expected: JSON, _ name: String) throws {
  let texts = expected["raw_descriptions"] ?? expected["descriptions"]
  guard case .object(let descriptions)? = texts else { return XCTFail(name) }
  for (tag, text) in descriptions {
    let response = try XCTUnwrap(written(error, acceptLanguage: tag, asProblem: true))
    let detail = try JSON(reading: response.body.data)["detail"]
    XCTAssertEqual(detail, text == .null ? expected["raw_message"] : text, "\(name) in \(tag)")
  }
}

/// The error with two further ones, where the response has a list.
private func withOthers(_ error: Subject, _ vector: Vector, first: Vector) throws -> Vector? {
  guard case .array(let items)? = vector.expected["errors"] else { return nil }
  var error = error
  for other in [first, vector] { append(try built(other.expected), to: &error) }
  let members = ["code", "subcode", "id", "case", "message", "raw_message", "parameters"]
  let others = [first, vector].map { other in
    let fields = other.expected["fields"].map { _ in JSON.object([:]) }
    return other.expected.only(members).with("fields", fields)
  }
  let response = try XCTUnwrap(written(error, acceptLanguage: nil))
  let expected = vector.expected.with("errors", .array(items + others))
  return .init("\(vector.name) with others", vector, response, expected)
}

/// The vector's error with each of the values in place of its parameters that are strings.
private func withValues(_ vector: Vector) throws -> [Vector] {
  guard case .object(let parameters)? = vector.expected["parameters"],
    case .array(let values) = try JSON(reading: Data(contentsOf: URL(fileURLWithPath: valuesFile))),
    parameters.values.contains(where: { $0.string != nil })
  else { return [] }
  return try values.enumerated().map { index, value in
    let filled = parameters.mapValues { $0.string == nil ? $0 : value }
    let expected = vector.expected.only(["code", "id", "case"]).with("parameters", .object(filled))
    let response = try XCTUnwrap(written(try built(expected), acceptLanguage: nil))
    return .init("\(vector.name) \(index)", vector, response, expected)
  }
}

/// What a server sends; nil where the module writes nothing.
private func written(
  _ error: Subject,
  acceptLanguage: String?,
  asProblem isProblem: Bool = false
) -> Response? {
  response(to: error, acceptLanguage: acceptLanguage, isProblem: isProblem)
}

extension Vector {
  fileprivate init(_ name: String, _ vector: Vector, _ response: Response, _ expected: JSON) {
    self.init(name: name, locale: vector.locale, response: response, expected: expected)
  }
}

extension Dictionary {
  fileprivate func mapKeys(_ transform: (Key) -> Key) -> Self {
    Dictionary(uniqueKeysWithValues: map { (transform($0.key), $0.value) })
  }
}
