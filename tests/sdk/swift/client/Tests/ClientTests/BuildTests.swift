import FullShopErrors
import PixnetErrors
import XCTest

final class BuildTests: XCTestCase {
  func testURLParameterRequired() {
    let error = PixnetError.urlParameterRequired(parameter: "category_id")
    XCTAssertEqual(error.status, 400)
    XCTAssertEqual(error.code, .urlParameterRequired)
    XCTAssertEqual(error.message, "URL 中缺少必要參數 category_id")
    XCTAssertEqual(
      error.localizedDescription(for: "en"),
      "The URL lacks the required parameter category_id. Add it and try again."
    )
    XCTAssertEqual(
      error.localizedDescription(for: "zh_Hant_TW"),
      "URL 中沒有帶入必要參數 category_id，請補上後再試"
    )
    XCTAssertEqual(error.arguments.urlParameterRequired?.parameter, "category_id")
    XCTAssertNil(error.arguments.userAlreadyExists)
  }

  func testBuiltIsWhatIsRead() throws {
    let built = PixnetError.userAlreadyExists(user: "emma \\ \"q\" {user} \u{202E}")
    XCTAssertEqual(built.message, "User emma \\ \"q\" {user} \u{202E} exists")
    let read = PixnetError(status: 400, code: built.code, message: built.message)
    XCTAssertEqual(read, built)
    XCTAssertEqual(read.arguments.userAlreadyExists?.user, "emma \\ \"q\" {user} \u{202E}")
  }

  func testCardDeclined() throws {
    let error = FullShopError.cardDeclined(lastDigits: "4242", reason: "insufficient_funds")
    XCTAssertEqual(error.status, 402)
    XCTAssertEqual(error.rawMessage, "Card ending in 4242 was declined: insufficient_funds")
    XCTAssertEqual(
      error.rawDescription(for: "de-AT"),
      "Die Karte mit den Endziffern 4242 wurde abgelehnt (insufficient_funds)."
    )
    XCTAssertEqual(
      error.rawRecoverySuggestion(for: "de"),
      "Bitte eine andere Karte als 4242 verwenden."
    )
    XCTAssertEqual(error.rawRecoverySuggestion(for: "fr"), "Use a card other than 4242.")
    let arguments = try XCTUnwrap(error.arguments.cardDeclined)
    XCTAssertEqual(arguments.lastDigits, "4242")
    XCTAssertEqual(arguments.reason, "insufficient_funds")
  }

  func testCardLimitExceeded() throws {
    let error = FullShopError.cardLimitExceeded(limit: -3, final: true)
    XCTAssertEqual(error.message, "Limit of -3 reached, final: true, set {limit}")
    XCTAssertEqual(error.localizedDescription(for: "zh-TW"), "已達上限 -3。")
    let arguments = try XCTUnwrap(error.arguments.cardLimitExceeded)
    XCTAssertEqual(arguments.limit, -3)
    XCTAssertTrue(arguments.final)
  }

  func testCases() throws {
    let error = FullShopError.orderInvalidTooMany(count: 120, limit: 100)
    XCTAssertEqual(error.code, .orderInvalid)
    XCTAssertEqual(error.case, .orderInvalidTooMany)
    XCTAssertEqual(error.message, "The order has 120 items, the limit is 100")
    XCTAssertEqual(
      error.localizedDescription(for: "de"),
      "The order has 120 items, of which at most 100 are allowed."
    )
    XCTAssertEqual(try XCTUnwrap(error.arguments.orderInvalidTooMany).count, 120)
    // A message without parameters is a constant.
    XCTAssertEqual(FullShopErrorCase.orderInvalidEmpty.messageTemplate, "The order is empty")
    XCTAssertEqual(PixnetErrorCode.tokenInvalid.messageTemplate, "Invalid / expired Token")
    XCTAssertEqual(
      FullShopErrorCode.orderInvalid.cases,
      [.orderInvalidEmpty, .orderInvalidTooMany]
    )
  }
}
