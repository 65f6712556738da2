import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

final class CodableTests: XCTestCase {
  func testCodesAreWrittenAsTheServerDoes() throws {
    struct Report: Codable, Equatable {
      var pixnet: PixnetErrorCode
      var shop: FullShopErrorCode
      var category: PixnetErrorCategory
      var retry: PixnetErrorRetry
      var counts: [PixnetErrorCode: Int]
      var shops: [FullShopErrorCode: Int]
    }
    let report = Report(
      pixnet: .init(rawValue: 77),
      shop: .gatewayUnavailable,
      category: .notFound,
      retry: .throttled,
      counts: [.tokenInvalid: 2],
      shops: [.cardDeclined: 3]
    )
    let written = try json(report)
    XCTAssertEqual(
      written,
      #"{"category":"not_found","counts":{"1000":2},"pixnet":"77","retry":"throttled","#
        + #""shop":"gateway","shops":{"card_declined":3}}"#
    )
    XCTAssertEqual(try read(Report.self, written), report)
  }

  func testCodesAreReadInBothForms() throws {
    // As a number, which version 0.1 wrote.
    let codes = try read([PixnetErrorCode].self, #"[1000, "1000"]"#)
    XCTAssertEqual(codes, [.tokenInvalid, .tokenInvalid])
    XCTAssertEqual(
      try read([FullShopErrorCode].self, #"["01000", 1000]"#),
      [.paymentWarning, .init(rawValue: "1000")]
    )
    for other in [#"["x"]"#, "[true]", "[1.5]", "[null]", #"["01000"]"#] {
      XCTAssertThrowsError(try read([PixnetErrorCode].self, other), other)
    }
  }

  func testErrorsAreWrittenAsTheServerDoes() throws {
    XCTAssertEqual(
      try json(PixnetError.userAlreadyExists(user: "emma")),
      #"{"code":"4200","error":1,"message":"User emma exists"}"#
    )
    // With secrets.
    XCTAssertEqual(
      try json(FullShopError.cardDeclined(lastDigits: "4242", reason: "lost")),
      #"{"error":{"code":"card_declined","detail":[{"text":"#
        + #""Card ending in 4242 was declined: lost"}],"kind":"shop","version":2},"ok":false}"#
    )
    let throttled = PixnetError(status: 429, code: .init(rawValue: 7), message: "No", retryAfter: 5)
    XCTAssertEqual(
      try json(throttled),
      #"{"code":"7","error":1,"message":"No","response":{"retry_after":5,"status":429}}"#
    )
  }

  func testWhatIsWrittenIsRead() throws {
    let shop = [
      FullShopError.cardDeclined(lastDigits: "4242", reason: "lost"),
      .orderInvalidTooMany(count: 120, limit: 100),
      FullShopError(status: 410, code: .init(rawValue: "caf\u{e9}"), message: "caf\u{e9}"),
      FullShopError(status: 503, retryAfter: 9),
    ]
    XCTAssertEqual(try read([FullShopError].self, json(shop)), shop)
    let headers = [("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Date", "yesterday")]
    let sent = headers.dropLast() + [("Date", "Sun, 06 Nov 1994 08:49:07 GMT")]
    let pixnet = [
      PixnetError.userAlreadyExists(user: "\u{1F469}\u{200D}"),
      PixnetError(status: 503, headers: headers, body: []),
      PixnetError(status: 503, headers: Array(sent), body: Array(#"{"code":"E-17"}"#.utf8)),
    ]
    let again = try read([PixnetError].self, json(pixnet))
    XCTAssertEqual(again, pixnet)
    XCTAssertEqual(again.map(\.rawCode), ["4200", nil, "E-17"])
    XCTAssertEqual(again[1].retryAfter(at: 784_111_770), 7)
    XCTAssertEqual(again[2].retryAfter, 30)
    let list = try PropertyListEncoder().encode(shop)
    XCTAssertEqual(try PropertyListDecoder().decode([FullShopError].self, from: list), shop)
  }

  func testBodiesOfAServerAreRead() throws {
    struct Answer: Decodable { var failures: [FullShopError] }
    let answer = try read(
      Answer.self,
      #"""
      {"failures":[
        {"error":{"code":"card_declined","detail":[{"text":"Card ending in 1 was declined: x"}]}},
        {"error":{"code":1000,"detail":[]}}, {"error":[]}, {}
      ]}
      """#
    )
    XCTAssertEqual(answer.failures[0].arguments.cardDeclined?.reason, "x")
    XCTAssertEqual(answer.failures[0].status, 402)
    XCTAssertEqual(answer.failures.map(\.code?.rawValue), ["card_declined", "1000", nil, nil])
    XCTAssertEqual(answer.failures[1].status, 0)
    for body in [#"{"code":4200}"#, #"{"code":4200.0,"message":null}"#, #"{"code":"4200"}"#] {
      XCTAssertEqual(try read(PixnetError.self, body).code, .userAlreadyExists)
    }
    XCTAssertNil(try read(PixnetError.self, #"{"code":true}"#).code)
    XCTAssertThrowsError(try read(PixnetError.self, "[]"))
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func read<Value: Decodable>(_ type: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }
}
