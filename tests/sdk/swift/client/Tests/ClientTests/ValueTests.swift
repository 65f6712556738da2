import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

final class ValueTests: XCTestCase {
  func testSensitiveParametersAreNotShown() {
    let error = FullShopError.cardDeclined(lastDigits: "4242", reason: "stolen")
    var dumped = ""
    dump(error, to: &dumped)
    let shown = [
      "\(error)", String(reflecting: error), dumped, error.localizedDescription,
      error.recoverySuggestion ?? "", "\(error.arguments)", "\(error.errorUserInfo)",
      "\(error as NSError)", "\((error as NSError).userInfo)", "\([error])",
      "\(Result<Int, any Error>.failure(error))",
    ]
    for text in shown {
      XCTAssertFalse(text.contains("4242"), text)
    }
    XCTAssertEqual("\(error)", "card_declined: Card ending in {last_digits} was declined: {reason}")
    XCTAssertEqual(FullShopErrorCode.cardDeclined.isSensitive, true)
    XCTAssertEqual(FullShopErrorCode.cardLimitExceeded.isSensitive, false)
  }

  func testMessagesOfUnknownCodesAreNotShown() {
    let error = FullShopError(
      status: 400, body: Array(#"{"error":{"code":"x","detail":[{"text":"4242"}]}}"#.utf8))
    XCTAssertEqual(error.message, "4242")
    for text in ["\(error)", String(reflecting: error), error.localizedDescription] {
      XCTAssertFalse(text.contains("4242"), text)
    }
  }

  func testCodable() throws {
    struct Report: Codable, Equatable {
      var pixnet: PixnetErrorCode
      var shop: FullShopErrorCode
      var category: PixnetErrorCategory
      var retry: PixnetErrorRetry
    }
    let report = Report(
      pixnet: .init(rawValue: 77),
      shop: .gatewayUnavailable,
      category: .notFound,
      retry: .throttled
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = try encoder.encode(report)
    XCTAssertEqual(
      String(decoding: json, as: UTF8.self),
      #"{"category":"not_found","pixnet":77,"retry":"throttled","shop":"gateway"}"#
    )
    XCTAssertEqual(try JSONDecoder().decode(Report.self, from: json), report)
  }

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
