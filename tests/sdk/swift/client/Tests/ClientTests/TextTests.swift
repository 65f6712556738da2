import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

final class TextTests: XCTestCase {
  func testTitles() {
    XCTAssertEqual(PixnetErrorCategory.authentication.localizedTitle(for: "zh-HK"), "認證錯誤")
    XCTAssertEqual(
      PixnetErrorGroup.authenticationRateLimit.localizedTitle(for: "EN_us"), "Rate limit")
    XCTAssertEqual(PixnetErrorGroup.authenticationRateLimit.category, .authentication)
  }

  func testDeprecatedAndRetired() throws {
    let busy = FullShopErrorCode(rawValue: "card_retry")
    let deprecation = try XCTUnwrap(busy.deprecation)
    XCTAssertEqual(deprecation.since, "2.0.0")
    XCTAssertEqual(deprecation.replacement, .gatewayUnavailable)
    XCTAssertEqual(deprecation.localizedNote(for: "de"), "Der Name war zu eng.")
    XCTAssertNil(FullShopErrorCode.gatewayUnavailable.deprecation)
    let gone = FullShopError(status: 410, code: .init(rawValue: "order_gone"))
    XCTAssertTrue(gone.isKnown)
    XCTAssertEqual(gone.code?.retirement?.since, "1.5.0")
    XCTAssertEqual(gone.code?.retirement?.localizedNote(for: "zh-TW"), "Orders are kept now.")
  }

  func testLocalizedError() {
    let error: any LocalizedError = FullShopError(status: 503, code: .gatewayUnavailable)
    XCTAssertEqual(error.errorDescription, "The gateway cannot be reached.")
    XCTAssertEqual(error.localizedDescription, "The gateway cannot be reached.")
    let limit = PixnetError(status: 403, code: .accessTokenRateLimitExceeded)
    let locale = Locale.current.identifier
    XCTAssertEqual(limit.errorDescription, limit.localizedDescription(for: locale))
    XCTAssertEqual(limit.recoverySuggestion, limit.localizedRecoverySuggestion(for: locale))
    XCTAssertEqual(PixnetError(status: 502).localizedDescription, "HTTP 502")
  }

  func testNSError() {
    let pixnet = PixnetError(
      status: 403,
      headers: ["Retry-After": "5"],
      body: Data(#"{"code":"1300","message":"Exceed AccessToken Rate Limit"}"#.utf8)
    )
    let error = pixnet as NSError
    XCTAssertEqual(error.domain, "PixnetErrorDomain")
    XCTAssertEqual(error.code, 1300)
    XCTAssertEqual(error.userInfo["HTTPStatus"] as? Int, 403)
    XCTAssertEqual(error.userInfo["ErrorCode"] as? String, "1300")
    XCTAssertEqual(error.userInfo["ErrorID"] as? String, "access_token_rate_limit_exceeded")
    XCTAssertEqual(error.userInfo["RetryAfter"] as? Int, 5)
    XCTAssertEqual(error.localizedDescription, pixnet.errorDescription)
    XCTAssertEqual(error.localizedRecoverySuggestion, pixnet.recoverySuggestion)
    XCTAssertEqual((PixnetError(status: 500) as NSError).code, -1)

    let shop = FullShopError(status: 503, code: .gatewayUnavailable) as NSError
    XCTAssertEqual(shop.domain, "FullShopErrorDomain")
    XCTAssertEqual(shop.code, 503)
    XCTAssertEqual(shop.userInfo["ErrorCode"] as? String, "gateway")
  }
}
