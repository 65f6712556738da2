import Foundation

/// A file of vectors, as `templates/conformance/README.md` describes it.
public struct VectorFile: Decodable {
  public let format: Int
  public let catalog: String
  public let vectors: [Vector]

  // Only in the file that is generated.
  public let definitions: [JSON]?
  public let categories: [JSON]?
  public let locales: Locales?

  public init(path: String) throws {
    let contents = try Data(contentsOf: URL(fileURLWithPath: path))
    self = try JSONDecoder().decode(Self.self, from: contents)
  }
}

/// How a locale is found for a language tag.
public struct Locales: Decodable {
  public let tags: [String: String]
}

public struct Vector: Codable {
  public let name: String

  /// The locale of the message, if it is not the fallback.
  public let locale: String?
  public let response: Response

  /// The body of the same error as problem details.
  public let problem: String?
  public let expected: JSON

  public init(name: String, locale: String?, response: Response, expected: JSON) {
    self.name = name
    self.locale = locale
    self.response = response
    self.problem = nil
    self.expected = expected
  }
}

public struct Response: Codable {
  public let status: Int
  public let headers: [String: String]
  public let body: Body

  public init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first }
    self.body = Body(data: Data(body))
  }
}

/// What one language writes and the others read, as `tests/exchange/README.md` describes it.
public struct ExchangeFile: Encodable {
  let format = 2
  let catalog: String
  let vectors: [Vector]

  public init(catalog: String, vectors: [Vector]) {
    self.catalog = catalog
    self.vectors = vectors
  }

  public func write(to path: String) throws {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try JSONEncoder().encode(self).write(to: url)
  }
}

/// Which locale answers an `Accept-Language`, in the catalogue of this name.
public struct AcceptLanguage: Decodable {
  public struct Answer: Decodable {
    public let header: String
    public let locale: String
  }

  public let catalog: String
  public let locales: [Answer]

  public init(path: String) throws {
    let contents = try Data(contentsOf: URL(fileURLWithPath: path))
    self = try JSONDecoder().decode(Self.self, from: contents)
  }
}

/// The bytes of a body, whichever way they are written down.
public struct Body: Codable {
  public let data: Data

  init(data: Data) {
    self.data = data
  }

  private enum CodingKeys: String, CodingKey {
    case text
    case base64
    case before
    case `repeat`
    case times
    case after
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let text = try container.decodeIfPresent(String.self, forKey: .text) {
      data = Data(text.utf8)
    } else if let base64 = try container.decodeIfPresent(Data.self, forKey: .base64) {
      data = base64
    } else {
      let before = try container.decode(String.self, forKey: .before)
      let times = try container.decode(Int.self, forKey: .times)
      let repeated = String(
        repeating: try container.decode(String.self, forKey: .repeat),
        count: times
      )
      let after = try container.decode(String.self, forKey: .after)
      data = Data((before + repeated + after).utf8)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(String(decoding: data, as: UTF8.self), forKey: .text)
  }
}
