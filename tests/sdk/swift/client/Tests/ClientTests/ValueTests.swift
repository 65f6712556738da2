import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

final class ValueTests: XCTestCase {
  func testHashable() {
    let errors: Set = [
      PixnetError.userAlreadyExists(user: "emma"), .userAlreadyExists(user: "emma"),
      .userAlreadyExists(user: "anna"), PixnetError(status: 400, code: .userAlreadyExists),
    ]
    XCTAssertEqual(errors.count, 3)
    let seen: [PixnetErrorCode: Int] = [.tokenInvalid: 2]
    XCTAssertEqual(seen[PixnetErrorCode(rawValue: 1000)], 2)
    XCTAssertEqual(Set(PixnetErrorCode.knownCodes).count, PixnetErrorCode.knownCodes.count)
  }

  func testBuiltAndReceivedErrorsAreEqual() {
    let built = PixnetError.userAlreadyExists(user: "emma")
    var received = PixnetError(
      status: 400,
      body: Array(#"{"message":"User emma exists","code":"4200","more":1}"#.utf8)
    )
    XCTAssertEqual(received, built)
    XCTAssertEqual(received.hashValue, built.hashValue)
    received.underlyingError = CancellationError()
    XCTAssertEqual(received, built)
    for (status, body) in [
      (409, #"{"message":"User emma exists","code":"4200"}"#),
      (400, #"{"message":"User anna exists","code":"4200"}"#),
      (400, #"{"message":"User emma exists","code":"4201"}"#),
      (400, #"{"code":"4200"}"#),
    ] {
      XCTAssertNotEqual(PixnetError(status: status, body: Array(body.utf8)), built, body)
    }
    let waiting = PixnetError(status: 503, headers: ["Retry-After": "5"], body: [])
    XCTAssertEqual(waiting, PixnetError(status: 503, retryAfter: 5))
    XCTAssertNotEqual(waiting, PixnetError(status: 503, retryAfter: 6))
  }

  func testCodesAreEqualByCodePoint() {
    let composed = FullShopErrorCode(rawValue: "caf\u{e9}")
    let decomposed = FullShopErrorCode(rawValue: "cafe\u{301}")
    XCTAssertEqual(composed.rawValue, decomposed.rawValue, "Swift's own comparison")
    XCTAssertNotEqual(composed, decomposed)
    XCTAssertEqual([composed: 1, decomposed: 2].count, 2)
    XCTAssertNotEqual(
      FullShopError(status: 400, code: composed), FullShopError(status: 400, code: decomposed))
  }

  func testDescriptions() {
    XCTAssertEqual("\(PixnetErrorCategory.notFound)", "not_found")
    XCTAssertEqual("\(PixnetErrorGroup.authenticationRateLimit)", "authentication.rate_limit")
    XCTAssertEqual("\(FullShopErrorCase.orderInvalidEmpty)", "order_invalid.empty")
    XCTAssertEqual("\(PixnetErrorRetry.throttled)", "throttled")
    XCTAssertEqual("\(PixnetErrorCode.userAlreadyExists)", "4200")
  }

  func testUnderlyingError() {
    struct Offline: Error {}
    var error = PixnetError(status: 502, underlyingError: Offline())
    XCTAssertTrue(error.underlyingError is Offline)
    XCTAssertTrue((error as NSError).userInfo[NSUnderlyingErrorKey] is NSError)
    error.underlyingError = nil
    XCTAssertNil((error as NSError).userInfo[NSUnderlyingErrorKey])
  }

  func testSendable() async {
    let names = await withTaskGroup(of: String?.self) { group in
      for code in PixnetErrorCode.knownCodes {
        group.addTask { PixnetError(status: 400, code: code).code?.id }
      }
      return await group.reduce(into: Set<String>()) { names, name in
        if let name { names.insert(name) }
      }
    }
    XCTAssertEqual(names.count, PixnetErrorCode.knownCodes.count)
    XCTAssertTrue(names.contains("token_invalid"))
  }
}
