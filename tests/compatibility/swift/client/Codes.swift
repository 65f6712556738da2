import ShopErrors

/// What an app tells its user, by code.
func advice(for code: ShopErrorCode?) -> String {
  switch code {
  case .orderClosed?: "Start another order."
  case .orderEmpty?: "Choose something first."
  case .tooManyItems?: "Take something out."
  case .itemSoldOut?: "Choose something else."
  case .cardDeclined?: "Choose another card."
  case .bankUnreachable?: "Try again later."
  case .userNotFound?: "Check the name."
  case .loginFailed?: "Check the password."
  case .oldLogin?: "Log in again."
  case .sessionLost?: "Log in once more."
  case let code?: "Error \(code)."
  case nil: "Something failed."
  }
}

/// What it tells, by case.
func advice(for value: ShopErrorCase?) -> String {
  switch value {
  case .cardDeclinedExpired?: "Ask for a new card."
  case .cardDeclinedOverLimit?: "Pay in two parts."
  case .bankUnreachableTimeout?: "Wait for a minute."
  case .bankUnreachableClosed?: "Wait until tomorrow."
  case let value?: "Case \(value)."
  case nil: "No case."
  }
}

/// A code under the name that it had before.
func isUnknownUser(_ error: ShopError) -> Bool {
  error.code == .noSuchUser
}

/// Codes as keys, and as values of the type.
func counters() -> [ShopErrorCode: Int] {
  [
    ShopErrorCode.loginFailed: 0,
    ShopErrorCode.userNotFound: 0,
  ]
}

/// Codes that a client knows by their ids and numbers only.
func codes() -> [ShopErrorCode?] {
  [
    ShopErrorCode(id: "login_failed"),
    ShopErrorCode(rawValue: 2001),
  ]
}
