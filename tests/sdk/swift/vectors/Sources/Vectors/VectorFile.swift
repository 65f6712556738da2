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

public struct Vector: Decodable {
  public let name: String

  /// The locale of the message, if it is not the fallback.
  public let locale: String?
  public let response: Response
  public let expected: JSON
}

public struct Response: Decodable {
  public let status: Int
  public let headers: [String: String]
  public let body: Body
}

/// The bytes of a body, whichever way they are written down.
public struct Body: Decodable {
  public let data: Data

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
}
