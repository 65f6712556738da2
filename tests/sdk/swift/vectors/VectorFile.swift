import Foundation

/// A file of vectors, as `templates/conformance/README.md` describes it.
struct VectorFile: Decodable {
  let format: Int
  let catalog: String
  let vectors: [Vector]
}

struct Vector: Decodable {
  let name: String
  let response: Response
  let expected: [String: JSON]

  /// A text for each language tag that a member of `expected` asks for.
  func tags(of member: String, text: (String) -> JSON) -> [String: JSON] {
    guard case .object(let texts)? = expected[member] else { return [:] }
    return Dictionary(uniqueKeysWithValues: texts.keys.map { ($0, text($0)) })
  }
}

struct Response: Decodable {
  let status: Int
  let headers: [String: String]
  let body: Body
}

/// The bytes of a body, whichever way they are written down.
struct Body: Decodable {
  let data: Data

  private enum CodingKeys: String, CodingKey {
    case text
    case base64
    case before
    case `repeat`
    case times
    case after
  }

  init(from decoder: any Decoder) throws {
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
