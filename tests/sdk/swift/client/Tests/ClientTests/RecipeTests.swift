import FullShopErrors
import PixnetErrors
import Vapor
import XCTest

@testable import Recipes

/// What a server with the recipe answers and logs.
final class RecipeTests: XCTestCase {
  func testAnErrorIsTheResponse() async throws {
    let (response, log) = try await answer { throw taken }
    XCTAssertEqual(response.status.code, 400)
    XCTAssertEqual(response.headers.first(name: "Content-Type"), "application/json")
    XCTAssertEqual(response.headers.first(name: "Retry-After"), "30")
    XCTAssertNil(response.headers.first(name: "Content-Language"))
    XCTAssertEqual(
      text(of: response),
      #"{"error":1,"code":"4200","message":"User emma exists"}"#
    )
    XCTAssertEqual(log, ["4200: User emma exists"])
  }

  func testAReaderWhoAcceptsProblemDetailsGetsThem() async throws {
    let headers = [("accept", "application/problem+json"), ("accept-language", "zh-TW")]
    let (response, log) = try await answer(headers) { throw taken }
    XCTAssertEqual(response.headers.first(name: "Content-Type"), "application/problem+json")
    XCTAssertEqual(response.headers.first(name: "Content-Language"), "zh-TW")
    XCTAssertEqual(response.headers.first(name: "Vary"), "Accept-Language")
    XCTAssertTrue(text(of: response).contains(#""detail":"使用者 emma 已經存在，無法重複加入""#))
    XCTAssertEqual(log, ["4200: User emma exists"])
  }

  func testTheCauseIsNowhere() async throws {
    for accepted in ["*/*", "application/problem+json"] {
      let (response, log) = try await answer([("Accept", accepted)]) { throw taken }
      XCTAssertFalse("\(log) \(text(of: response))".contains("hunter2"))
    }
  }

  func testOtherErrorsAreLeftToTheServer() async throws {
    do {
      _ = try await answer { throw Failure() }
      XCTFail("answered")
    } catch is Failure {}
  }

  func testALogHasNoSecret() {
    let error = FullShopError.cardDeclined(lastDigits: "4242", reason: "lost")
    let log = Log()
    let logger = Logger { log.append($0) }
    logger.error("\(error)", metadata: ["error": .stringConvertible(error)])
    logger.error("\([error]) \(error.arguments)")
    logger.error("\(error.httpResponse())", metadata: ["error": .string(String(describing: error))])
    logger.error("\(String(reflecting: error)) \(error.localizedDescription)")
    XCTAssertEqual(log.lines.count, 4)
    XCTAssertEqual(
      log.lines[0],
      "card_declined: Card ending in ••• was declined: lost"
        + " error=card_declined: Card ending in ••• was declined: lost"
    )
    XCTAssertFalse(log.lines.joined().contains("4242"), "\(log.lines)")
    let body = String(decoding: error.httpResponse().body, as: UTF8.self)
    XCTAssertTrue(body.contains("4242"))
  }
}

private let taken = PixnetError.userAlreadyExists(user: "emma").with {
  $0.underlyingError = Failure()
  $0.retryAfter = 30
}

private struct Failure: Error {
  let password = "hunter2"
}

private struct Route: AsyncResponder {
  let body: @Sendable () throws -> Void

  func respond(to request: Request) async throws -> Response {
    try body()
    return Response(status: .init(statusCode: 204), headers: .init(), body: .init(data: Data()))
  }
}

private final class Log: @unchecked Sendable {
  private(set) var lines: [String] = []

  func append(_ line: String) {
    lines.append(line)
  }
}

/// What the server answers to a request whose route does this, and what it logs.
private func answer(
  _ headers: [(String, String)] = [],
  with body: @escaping @Sendable () throws -> Void
) async throws -> (response: Response, log: [String]) {
  let log = Log()
  let request = Request(headers: HTTPHeaders(headers), logger: Logger { log.append($0) })
  let response = try await PixnetErrorMiddleware()
    .respond(to: request, chainingTo: Route(body: body))
  return (response, log.lines)
}

private func text(of response: Response) -> String {
  String(decoding: response.body.data ?? Data(), as: UTF8.self)
}
