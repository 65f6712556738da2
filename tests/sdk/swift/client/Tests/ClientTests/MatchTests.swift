import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

final class MatchTests: XCTestCase {
  func testCatchPatterns() {
    XCTAssertEqual(reaction { try callPixnet(status: 401, code: 1000) }, "log in")
    XCTAssertEqual(reaction { try callPixnet(status: 403, code: 1300) }, "wait")
    XCTAssertEqual(reaction { try callPixnet(status: 401, code: 1200) }, "check the app")
    XCTAssertEqual(
      reaction { try callShop(status: 400, code: "order_invalid", message: "The order is empty") },
      "put something into the basket"
    )
    XCTAssertEqual(reaction { try callShop(status: 402, code: "01000") }, "pay in another way")
    XCTAssertEqual(
      reaction { try callPixnet(status: 404, code: 2000, message: "User not found") },
      "show: 2000: User not found"
    )
    XCTAssertEqual(reaction { throw CancellationError() }, "show: CancellationError()")
  }

  func testUnknownCodesWithinDeclaredRanges() {
    XCTAssertEqual(reaction { try callPixnet(status: 403, code: 1350) }, "wait")
    XCTAssertEqual(reaction { try callPixnet(status: 403, code: 1950) }, "check the app")
    XCTAssertEqual(reaction { try callPixnet(status: 503, code: 99_999) }, "try again")
    XCTAssertEqual(reaction { try callPixnet(status: 429, code: 99_999) }, "try again")
    XCTAssertEqual(reaction { try callPixnet(status: 500, code: 99_999) }, "try again")
    XCTAssertEqual(reaction { try callPixnet(status: 400, code: 99_999) }, "show: 99999: ")
  }

  func testSwitch() {
    func advice(_ code: PixnetErrorCode?) -> String {
      switch code {
      case .tokenInvalid, .accessTokenRequired: "log in"
      case .userAlreadyExists: "choose another name"
      case let code?: "show \(code)"
      case nil: "no code"
      }
    }
    XCTAssertEqual(advice(.tokenInvalid), "log in")
    XCTAssertEqual(advice(PixnetErrorCode(rawValue: 4200)), "choose another name")
    XCTAssertEqual(advice(PixnetErrorCode(rawValue: 77)), "show 77")
    XCTAssertEqual(advice(nil), "no code")
  }

  func testRetryAfter() throws {
    let headers = ["retry-AFTER": " 30 "]
    XCTAssertThrowsError(try callPixnet(status: 403, code: 1301, headers: headers)) { error in
      let error = error as? PixnetError
      XCTAssertEqual(error?.retry, .throttled)
      XCTAssertEqual(error?.retryAfter, 30)
    }
  }

  func testRetryAfterADate() {
    let date = ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")
    let error = PixnetError(status: 503, headers: [date], body: [])
    XCTAssertEqual(error.retryAfter, 0, "by the clock")
    XCTAssertEqual(error.retryAfter(at: 784_111_770), 7)
    XCTAssertEqual(error.retryAfter(at: Date(timeIntervalSince1970: 784_111_770.5)), 7)
    XCTAssertEqual(error.retryAfter(at: .distantPast), Int(Int32.max))
    XCTAssertEqual(error.retryAfter(at: .distantFuture), 0)
    XCTAssertEqual(error.retryAfter(at: Int.min), Int(Int32.max))
    let sent = ("date", "Sun, 06 Nov 1994 08:49:00 GMT")
    XCTAssertEqual(PixnetError(status: 503, headers: [sent, date], body: []).retryAfter, 37)
    let soon = Date(timeIntervalSinceNow: 90)
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    let headers = ["Retry-After": format.string(from: soon)]
    let wait = PixnetError(status: 503, headers: headers, body: []).retryAfter ?? 0
    XCTAssertTrue((60...90).contains(wait), "\(wait)")
  }

  func testHeadersOfAnyKind() {
    let pairs = [("Retry-After", "1"), ("retry-after", "2")]
    XCTAssertEqual(PixnetError(status: 503, headers: pairs, body: []).retryAfter, 1)
    let fields: [AnyHashable: Any] = ["RETRY-AFTER": "3", 4: "5", "x": 6]
    XCTAssertEqual(PixnetError(status: 503, headers: fields, body: []).retryAfter, 3)
    let numbers: [AnyHashable: Any] = ["Retry-After": 7]
    XCTAssertEqual(PixnetError(status: 503, headers: numbers, body: []).retryAfter, 7)
    XCTAssertEqual(PixnetError(status: 503, headers: ["retry-after": "8"], body: []).retryAfter, 8)
    XCTAssertNil(PixnetError(status: 503, headers: [:], body: []).retryAfter)
    let several: [(name: String, value: String)] = [("Retry-After", "9")]
    XCTAssertEqual(
      PixnetError(status: 503, headers: several.map { ($0, $1) }, body: []).retryAfter, 9)
  }

  func testUntidyResponses() throws {
    for body in ["", "<html>", "[1]", "{}", #"{"code":true}"#, #"{"code":null}"#] {
      let error = PixnetError(status: 502, body: Array(body.utf8))
      XCTAssertNil(error.code, body)
      XCTAssertEqual(error.rawBody, Array(body.utf8))
      XCTAssertEqual("\(error)", "HTTP 502")
    }
    XCTAssertEqual(
      PixnetError(status: 400, body: Data(#"{"code":4200.0}"#.utf8)).code,
      .userAlreadyExists
    )
    let text = PixnetError(status: 400, body: Data(#"{"code":"E-17"}"#.utf8))
    XCTAssertNil(text.code)
    XCTAssertEqual(text.rawCode, "E-17")
  }

  func testResponseOfURLSession() throws {
    let url = try XCTUnwrap(URL(string: "https://api.example.com/"))
    let response = try XCTUnwrap(
      HTTPURLResponse(
        url: url,
        statusCode: 403,
        httpVersion: nil,
        headerFields: ["Retry-After": "7"]
      )
    )
    // What `URLSession` returns.
    let (body, answer): (Data, URLResponse) = (Data(#"{"code":1300}"#.utf8), response)
    let error = PixnetError(response: answer, body: body)
    XCTAssertEqual(error.status, 403)
    XCTAssertEqual(error.code, .accessTokenRateLimitExceeded)
    XCTAssertEqual(error.retryAfter, 7)
    let other = URLResponse(
      url: url, mimeType: nil, expectedContentLength: 0, textEncodingName: nil)
    XCTAssertEqual(PixnetError(response: other, body: body).status, 0)
    XCTAssertEqual(PixnetError(response: other, body: body).code, .accessTokenRateLimitExceeded)
  }

  func testStringCodes() {
    let error = FullShopError(status: 400, code: .init(rawValue: "brand_new"), message: "secret")
    XCTAssertFalse(error.isKnown)
    XCTAssertEqual(error.code?.rawValue, "brand_new")
    XCTAssertNil(error.category)
    XCTAssertEqual("\(error)", "brand_new: HTTP 400")
    XCTAssertEqual(FullShopErrorCode.paymentWarning.rawValue, "01000")
    XCTAssertNotEqual(FullShopErrorCode(rawValue: "1000"), .paymentWarning)
  }
}
