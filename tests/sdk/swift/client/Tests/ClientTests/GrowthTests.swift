import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

/// What a caller or a server sends costs time in proportion to its length.
final class GrowthTests: XCTestCase {
  func testTimeGrowsWithTheLength() {
    let ofTags: [Shape] = tags.map { tag in (tag.name, { _ = described(tag.make($0)) }) }
    for shape in ofTags + bodies + messages + others {
      var found = cost(shape)
      // Another program may take its time from one of the measurements.
      for _ in 1...4 where !isInProportion(found) {
        found = cost(shape)
      }
      let shown = found.map { String(format: "%.2f", $0 * 1000) }.joined(separator: ", ")
      print("growth: \(shape.name): \(shown) ms")
      XCTAssertTrue(isInProportion(found), "\(shape.name): \(shown)")
    }
  }

  func testATagOfAMegabyteHasAnAnswer() {
    for tag in tags {
      XCTAssertEqual(described(tag.make(1 << 20)), described("en"), tag.name)
    }
  }

  func testALongNameCostsNothingElse() {
    let names = [
      "a" + times(marks, 9000), times(#"\u0315\u0300"#, 9000), times(#"\ud83d\ude00"#, 9000),
      times(#"\\u0315\""#, 9000), times("漢", 9000),
    ]
    let text = "a" + times(marks, 9000)
    let members = names.map { #""\#($0)" : {"code":"\#(text)"},"# }.joined()
    let body = #"{\#(members)"message":"\#(text)","code":"1000"}"#
    let error = PixnetError(status: 401, body: Array(body.utf8))
    XCTAssertEqual(error.code, .tokenInvalid)
    XCTAssertEqual(error.message.map { Array($0.utf8) }, Array(text.utf8))
    let broken = #"{"\#(times("a", 9000))\q":0,"code":"1000"}"#
    XCTAssertNil(PixnetError(status: 401, body: Array(broken.utf8)).code)
  }

  /// Returns the times in seconds at 1, 4 and 16 times the size: as much in all for each, so that
  /// the rest of the machine costs each the same.
  private func cost(_ shape: Shape) -> [Double] {
    [1, 4, 16].map { factor in
      let count = 16 / factor
      let times = (1...3).map { _ in
        let start = clock()
        for _ in 1...count { shape.run(size * factor) }
        return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(count)
      }
      return times.min() ?? 0
    }
  }

  private func isInProportion(_ cost: [Double]) -> Bool {
    cost[2] <= most * max(cost[0], short)
  }
}

/// A name, and what is done with a text of a length.
private typealias Shape = (name: String, run: (Int) -> Void)

/// The shortest length to try, in characters; the others are 4 and 16 times as long.
private let size = 16 * 1024

/// How many times as long 16 times as much may take: it is 16, or 256 where the time grows with the
/// square of the length. Caches that are too small cost some more.
private let most = 128.0

/// A time in seconds below which a measurement says little.
private let short = 0.0001

/// Marks in an order that Unicode puts right.
private let marks = "\u{315}\u{300}\u{323}"

private func times(_ unit: String, _ length: Int) -> String {
  String(repeating: unit, count: length / unit.unicodeScalars.count + 1)
}

private func described(_ tag: String) -> String? {
  PixnetErrorCode.tokenInvalid.localizedDescription(for: tag)
}

private func pixnet(_ body: String) {
  pixnet(Array(body.utf8))
}

private func pixnet(_ body: [UInt8]) {
  let error = PixnetError(status: 400, body: body)
  _ = "\(error) \(error.debugDescription) \(error.localizedDescription)"
}

private func message(_ code: FullShopErrorCode, _ text: String) {
  let error = FullShopError(status: 402, code: code, message: text)
  _ = (error.case, error.parameters, error.arguments.cardDeclined)
  _ = (error.localizedDescription(for: "en"), error.localizedRecoverySuggestion(for: "en"))
  _ = "\(error) \(error.debugDescription) \(error.localizedDescription)"
}

private func retryAfter(_ value: String) {
  _ = PixnetError(status: 429, headers: ["Retry-After": value], body: []).retryAfter
}

private func equal(_ text: String) {
  let errors = (1...2).map { _ in
    FullShopError(status: 400, code: .init(rawValue: text), message: text)
  }
  _ = (errors[0] == errors[1], Set(errors).count)
}

private func built(_ text: String) {
  let error = FullShopError.cardDeclined(lastDigits: text, reason: text)
  _ = error.localizedDescription(for: "zh-Hant-TW")
}

private let tags: [(name: String, make: (Int) -> String)] = [
  ("tag of many subtags", { times("en-", $0) }),
  ("tag of one subtag", { times("x", $0) }),
  ("tag of hyphens", { times("-", $0) }),
  ("tag of underscores", { "EN" + times("_", $0) }),
  ("tag of other letters", { times("漢\u{130}", $0) }),
]

private let bodies: [Shape] = [
  ("body: long message", { pixnet(#"{"message":"\#(times("a", $0))"}"#) }),
  ("body: escapes", { pixnet(#"{"message":"\#(times(#"\u00e9"#, $0))"}"#) }),
  ("body: long code", { pixnet(#"{"code":"\#(times("x", $0))"}"#) }),
  ("body: code of digits", { pixnet(#"{"code":"\#(times("9", $0))"}"#) }),
  ("body: code of many digits", { pixnet(#"{"code":\#(times("9", $0))}"#) }),
  ("body: code of many decimals", { pixnet(#"{"code":1.\#(times("0", $0))}"#) }),
  ("body: long exponent", { pixnet(#"{"code":1e\#(times("0", $0))}"#) }),
  (
    "body: many members",
    { length in
      let members = (0...length / 8).map { #""\#($0)":0"# }
      pixnet("{" + members.joined(separator: ",") + "}")
    }
  ),
  ("body: one member many times", { pixnet(#"{\#(times(#""code":1,"#, $0))"code":1}"#) }),
  ("body: name of marks", { pixnet(#"{"a\#(times(marks, $0))":0}"#) }),
  ("body: many items", { pixnet("[\(times("1,", $0))1]") }),
  ("body: open arrays", { pixnet(times("[", $0)) }),
  ("body: open objects", { pixnet(times(#"{"code":"#, $0)) }),
  ("body: closed arrays", { pixnet(times("[", $0 / 2) + times("]", $0 / 2)) }),
  ("body: spaces", { pixnet(times(" ", $0) + "{}" + times(" ", $0)) }),
  ("body: quotes", { pixnet(times("\"", $0)) }),
  ("body: backslashes", { pixnet("\"" + times("\\", $0)) }),
  ("body: byte order marks", { pixnet(times("\u{FEFF}", $0)) }),
  ("body: no UTF-8", { pixnet([UInt8](repeating: 0xFF, count: $0)) }),
  ("body: zeros", { pixnet([UInt8](repeating: 0, count: $0)) }),
]

private let messages: [Shape] = [
  (
    "message: long parameter",
    {
      message(.cardDeclined, "Card ending in \(times("a", $0)) was declined: \(times("b", $0))")
    }
  ),
  (
    "message: nearly a literal",
    { message(.cardDeclined, "Card ending in " + times(" was declined:", $0)) }
  ),
  (
    "message: a literal many times",
    { message(.cardDeclined, "Card ending in " + times(" was declined: ", $0)) }
  ),
  (
    "message: long integer",
    {
      message(.cardLimitExceeded, "Limit of \(times("9", $0)) reached, final: true, set {limit}")
    }
  ),
  (
    "message: long boolean",
    {
      message(.cardLimitExceeded, "Limit of 1 reached, final: \(times("true", $0)), set {limit}")
    }
  ),
  ("message: of a case", { message(.orderInvalid, "The order has " + times("1", $0)) }),
  (
    "message: placeholders",
    {
      message(
        .cardDeclined,
        "Card ending in {reason} was declined: " + times("{last_digits}", $0)
      )
    }
  ),
]

private let others: [Shape] = [
  (
    "header: many",
    { length in
      let others = (0...length / 8).map { ("x\($0)", "1") }
      let headers = Dictionary(uniqueKeysWithValues: others + [("Retry-After", "1")])
      _ = PixnetError(status: 429, headers: headers, body: [])
    }
  ),
  (
    "header: long name",
    { _ = PixnetError(status: 429, headers: [times("r", $0): "1"], body: []) }
  ),
  ("Retry-After: digits", { retryAfter(times("1", $0)) }),
  ("Retry-After: zeros", { retryAfter(times("0", $0) + "x") }),
  ("Retry-After: spaces", { retryAfter(times(" ", $0) + "1" + times(" ", $0) + "x") }),
  ("Retry-After: digits and spaces", { retryAfter(times("1 ", $0)) }),
  ("code: long", { _ = FullShopErrorCode(rawValue: times("x", $0)).id }),
  ("code: of marks", { _ = FullShopErrorCode(rawValue: times(marks, $0)).id }),
  ("code: digits", { pixnet(#"{"code":"-\#(times("9", $0))"}"#) }),
  ("Retry-After: nearly a date", { retryAfter("Sun, 06 Nov 1994" + times(" 08:49:37", $0)) }),
  ("Retry-After: a fraction", { retryAfter("1." + times("0", $0)) }),
  ("equality: of marks", { equal("a" + times(marks, $0)) }),
  (
    "NSError: long message",
    { _ = PixnetError(PixnetError(status: 4, message: times("a", $0)) as NSError) }
  ),
  ("id: long", { _ = PixnetErrorCode(id: times("a", $0)) }),
  ("id: of marks", { _ = PixnetErrorCode(id: "a" + times(marks, $0)) }),
  ("building: long arguments", { built(times("a", $0)) }),
  ("building: placeholders", { built(times("{reason}", $0)) }),
]
