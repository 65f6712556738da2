import Foundation
import FullShopErrors
import PixnetErrors
import XCTest

/// What a server raises, writes and logs.
final class ServerTests: XCTestCase {
  func testAnErrorWithoutParametersIsRaisedLikeOneWith() {
    let errors = [
      PixnetError.tokenInvalid(), PixnetError.userAlreadyExists(user: "emma"),
    ]
    XCTAssertEqual(errors.map(\.code), [.tokenInvalid, .userAlreadyExists])
    XCTAssertEqual(errors.map(\.status), [401, 400])
    XCTAssertEqual(errors.map(\.message), ["Invalid / expired Token", "User emma exists"])
    let empty = FullShopError.orderInvalidEmpty()
    XCTAssertEqual(empty.case, .orderInvalidEmpty)
    XCTAssertEqual(empty.message, "The order is empty")
  }

  func testAResponse() throws {
    let response = PixnetError.userAlreadyExists(user: "e\"m\u{0}\u{1F469}").httpResponse()
    XCTAssertEqual(response.status, 400)
    XCTAssertEqual(response.headers.map(\.name), ["content-type"])
    XCTAssertEqual(response.headers.map(\.value), ["application/json"])
    XCTAssertEqual(
      String(decoding: response.body, as: UTF8.self),
      #"{"error":1,"code":"4200","message":"User e\"m\u0000\#u{1F469} exists"}"#
    )
  }

  func testWhatIsAdded() {
    let error = PixnetError.articleCreateFailed().with {
      $0.retryAfter = 30
      $0.underlyingError = Failure()
    }
    XCTAssertEqual(error.retryAfter, 30)
    XCTAssertEqual(error.underlyingError as? Failure, Failure())
    for response in [error.httpResponse(), error.problemDetails(acceptLanguage: "zh")] {
      XCTAssertTrue(response.headers.contains { $0 == ("retry-after", "30") })
      XCTAssertFalse(text(of: response).contains("hunter2"))
    }
    XCTAssertEqual(error.with { $0.retryAfter = -1 }.retryAfter, 0)
    XCTAssertEqual(error.with { $0.retryAfter = .max }.retryAfter, 2_147_483_647)
    XCTAssertNil(error.with { $0.retryAfter = nil }.retryAfter)
  }

  func testProblemDetailsInALanguage() {
    let error = FullShopError.cardDeclined(lastDigits: "4242", reason: "lost")
    let response = error.problemDetails(acceptLanguage: "fr, de-CH;q=0.8, en;q=0.3")
    XCTAssertTrue(
      text(of: response).contains(
        #""detail":"Die Karte mit den Endziffern 4242 wurde abgelehnt (lost).""#
      )
    )
    XCTAssertTrue(response.headers.contains { $0 == ("content-language", "de") })
    XCTAssertTrue(response.headers.contains { $0 == ("vary", "Accept-Language") })
  }

  func testAServersLogHasNoSecret() {
    let error = FullShopError.cardDeclined(lastDigits: "4242", reason: "lost").with {
      $0.underlyingError = FullShopError.cardDeclined(lastDigits: "4242", reason: "stolen")
    }
    let response = error.httpResponse()
    XCTAssertTrue(text(of: response).contains("4242"))
    var log = ""
    let result = Result<Int, any Error>.failure(error)
    for value in [error, response, [error], [response], result] as [Any] {
      print(value, String(reflecting: value), to: &log)
      dump(value, to: &log)
    }
    log += (error as any Error).localizedDescription
    XCTAssertFalse(log.contains("4242"), log)
    XCTAssertTrue(log.contains("Card ending in ••• was declined: lost"), log)
  }

  func testWhatIsReceivedIsWrittenAgain() {
    let body = #"{"error":1,"code":"77","message":"New"}"#
    let error = PixnetError(status: 418, body: Array(body.utf8))
    let response = error.httpResponse()
    XCTAssertEqual(response.status, 418)
    XCTAssertEqual(PixnetError(status: 418, body: response.body), error)
  }
}

private struct Failure: Error, Equatable {
  let password = "hunter2"
}

private func text(of response: PixnetErrorResponse) -> String {
  String(decoding: response.body, as: UTF8.self)
}

private func text(of response: FullShopErrorResponse) -> String {
  String(decoding: response.body, as: UTF8.self)
}
