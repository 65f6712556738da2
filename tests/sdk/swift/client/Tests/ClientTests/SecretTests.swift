import Foundation
import FullShopErrors
import XCTest

/// Nothing shows the value of a sensitive parameter unless it is asked for.
final class SecretTests: XCTestCase {
  func testNoWayOfShowingAnErrorShowsASecret() {
    let body = #"{"error":{"code":"\#(code)","detail":[{"text":"\#(message)"}]}}"#
    let errors = [
      FullShopError.cardDeclined(lastDigits: secret, reason: "stolen"),
      FullShopError(status: 402, code: .cardDeclined, message: message),
      FullShopError(status: 402, body: Array(body.utf8)),
      FullShopError(status: 402, code: .cardDeclined, message: "No, \(secret)"),
      FullShopError(status: 402, code: .orderInvalid, message: secret),
      FullShopError(status: 402, code: .init(rawValue: "unknown"), message: secret),
      FullShopError(status: 402, message: secret),
      FullShopError(status: 402, body: Array(secret.utf8)),
    ]
    for error in errors {
      for (way, text) in shown(error) {
        XCTAssertFalse(text.contains(secret), "\(way): \(text)")
      }
    }
  }

  func testWhatIsShown() {
    let error = FullShopError.cardDeclined(lastDigits: secret, reason: "stolen")
    XCTAssertEqual("\(error)", "card_declined: Card ending in ••• was declined: stolen")
    XCTAssertEqual(error.message, "Card ending in ••• was declined: stolen")
    XCTAssertEqual(
      error.localizedDescription(for: "de"),
      "Die Karte mit den Endziffern ••• wurde abgelehnt (stolen)."
    )
    XCTAssertEqual(error.localizedRecoverySuggestion(for: "fr"), "Use a card other than •••.")
    XCTAssertEqual(
      error.arguments.cardDeclined.map { "\($0)" },
      #"CardDeclinedArguments(_lastDigits: •••, reason: "stolen")"#
    )
    let unknown = FullShopError(status: 402, code: .cardDeclined)
    XCTAssertEqual("\(unknown)", "card_declined: Card ending in ••• was declined: …")
  }

  func testWhatIsAskedFor() {
    let error = FullShopError(status: 402, code: .cardDeclined, message: message)
    XCTAssertEqual(error.rawMessage, message)
    XCTAssertEqual(error.arguments.cardDeclined?.lastDigits, secret)
    XCTAssertEqual(error.parameters["last_digits"], .string(secret))
    XCTAssertEqual(
      error.rawDescription(for: "de"),
      "Die Karte mit den Endziffern 4242 wurde abgelehnt (lost)."
    )
    XCTAssertEqual(error.rawRecoverySuggestion(for: "fr"), "Use a card other than 4242.")
    let codes = [FullShopErrorCode.cardDeclined, .cardLimitExceeded, .orderInvalid]
    XCTAssertEqual(codes.map(\.isSensitive), [true, false, false])
    XCTAssertEqual(codes[0].parameters.map(\.isSensitive), [true, false])
  }
}

private let secret = "4242"
private let code = "card_declined"
private let message = "Card ending in 4242 was declined: lost"

/// Every way in which a program shows an error without asking for a secret.
private func shown(_ error: FullShopError) -> [(way: String, text: String)] {
  struct Report {
    var error: any Error
    var shop: FullShopError?
  }
  let bridged = error as NSError
  return [
    ("interpolation", "\(error)"),
    ("String(describing:)", String(describing: error)),
    ("String(reflecting:)", String(reflecting: error)),
    ("description", error.description),
    ("debugDescription", error.debugDescription),
    ("dump", dumped(error)),
    ("Mirror", reflected(error)),
    ("print", printed(error)),
    ("debugPrint", debugPrinted(error)),
    ("message", error.message ?? ""),
    ("localizedDescription", error.localizedDescription),
    ("errorDescription", error.errorDescription ?? ""),
    ("failureReason", error.failureReason ?? ""),
    ("recoverySuggestion", error.recoverySuggestion ?? ""),
    ("helpAnchor", error.helpAnchor ?? ""),
    ("texts", ["en", "de", "zh-TW"].compactMap(error.localizedDescription(for:)).joined()),
    ("userInfo", "\(error.errorUserInfo) \(dumped(error.errorUserInfo))"),
    ("NSError", "\(bridged) \(bridged.debugDescription) \(dumped(bridged))"),
    ("userInfo of NSError", "\(bridged.userInfo) \(bridged.localizedDescription)"),
    ("restored", FullShopError(bridged).map { "\($0) \($0.rawMessage ?? "")" } ?? ""),
    ("arguments", "\(error.arguments) \(dumped(error.arguments))"),
    ("an argument", "\(error.arguments.cardDeclined as Any)"),
    ("an argument, reflected", String(reflecting: error.arguments.cardDeclined)),
    ("an argument, dumped", dumped(error.arguments.cardDeclined as Any)),
    ("an argument, mirrored", reflected(error.arguments.cardDeclined as Any)),
    ("array", "\([error]) \([error as any Error])"),
    ("optional", "\(error as FullShopError?)"),
    ("dictionary", "\([error.code: error]) \([error: 1])"),
    ("result", "\(Result<Int, any Error>.failure(error))"),
    ("member", "\(Report(error: error, shop: error)) \(dumped(Report(error: error)))"),
    ("cause", "\(FullShopError(status: 500, underlyingError: error) as NSError)"),
  ]
}

private func dumped(_ value: Any) -> String {
  var text = ""
  dump(value, to: &text)
  return text
}

private func printed(_ value: Any) -> String {
  var text = ""
  print(value, to: &text)
  return text
}

private func debugPrinted(_ value: Any) -> String {
  var text = ""
  debugPrint(value, to: &text)
  return text
}

/// What a reporter of crashes finds that walks through all members.
private func reflected(_ value: Any, depth: Int = 0) -> String {
  guard depth < 8 else { return "" }
  let mirror = Mirror(reflecting: value)
  let members = mirror.children.map { member in
    "\(member.label ?? ""): \(reflected(member.value, depth: depth + 1))"
  }
  return members.isEmpty ? "\(value)" : members.joined(separator: ", ")
}
