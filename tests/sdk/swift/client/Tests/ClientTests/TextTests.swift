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

  func testLocales() {
    let error = PixnetError.userAlreadyExists(user: "emma")
    let chinese = Locale(identifier: "zh_Hant_HK@calendar=roc")
    XCTAssertEqual(error.localizedDescription(for: chinese), "使用者 emma 已經存在，無法重複加入")
    XCTAssertEqual(error.rawDescription(for: chinese), error.rawDescription(for: "zh-TW"))
    XCTAssertEqual(
      PixnetErrorCategory.authentication.localizedTitle(for: Locale(identifier: "en_GB")),
      "Authentication"
    )
    let current = Locale.current.identifier
    XCTAssertEqual(error.localizedDescription(), error.localizedDescription(for: current))
    XCTAssertEqual(
      PixnetErrorCode.tokenInvalid.localizedDescription(),
      PixnetErrorCode.tokenInvalid.localizedDescription(for: current)
    )
    // The property of every error is still found.
    let property = error.localizedDescription
    XCTAssertEqual(property, error.errorDescription)
  }

  func testNSErrorAndBack() throws {
    let body = Data(#"{"code":"4200","message":"User emma exists"}"#.utf8)
    let headers = ["Retry-After": "5"]
    var pixnet = PixnetError(status: 409, headers: headers, body: body)
    pixnet.underlyingError = CancellationError()
    let bridged = pixnet as NSError
    // As it comes from an archive: a plain dictionary.
    let archived = NSError(domain: bridged.domain, code: bridged.code, userInfo: bridged.userInfo)
    let restored = try XCTUnwrap(PixnetError(archived))
    XCTAssertEqual(restored, pixnet)
    XCTAssertNotNil(restored.underlyingError)
    XCTAssertNil(PixnetError(NSError(domain: NSCocoaErrorDomain, code: 4200)))
    XCTAssertNil(FullShopError(archived))
    let bare = try XCTUnwrap(PixnetError(NSError(domain: PixnetError.errorDomain, code: 4200)))
    XCTAssertEqual(bare, PixnetError(status: 400, code: .userAlreadyExists))
    let text = PixnetError(status: 400, body: Data(#"{"code":"E-17"}"#.utf8))
    XCTAssertEqual(PixnetError(text as NSError), text)
    XCTAssertEqual(PixnetError(PixnetError(status: 502) as NSError), PixnetError(status: 502))
    let shop = FullShopError(status: 503, code: .gatewayUnavailable)
    XCTAssertEqual(FullShopError(shop as NSError), shop)
    XCTAssertEqual(PixnetError.codeErrorKey, "ErrorCode")
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
