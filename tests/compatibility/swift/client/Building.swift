import ShopErrors

/// Builds an error of each message with parameters.
func orderClosed() -> ShopError {
  ShopError.orderClosed(user: "emma")
}

func tooManyItems() -> ShopError {
  ShopError.tooManyItems(count: 120, item: "pens")
}

func itemSoldOut() -> ShopError {
  ShopError.itemSoldOut(item: "pens")
}

func cardDeclinedOverLimit() -> ShopError {
  ShopError.cardDeclinedOverLimit(amount: 500)
}

func userNotFound() -> ShopError {
  ShopError.userNotFound(user: "emma")
}

/// Builds it under the name that the error had before.
func noSuchUser() -> ShopError {
  ShopError.noSuchUser(user: "emma")
}

/// Builds one whose message has no parameters.
func orderEmpty() -> ShopError {
  let code = ShopErrorCode.orderEmpty
  return ShopError(status: code.httpStatus ?? 400, code: code, message: code.messageTemplate)
}

/// Builds one of a case without parameters.
func cardExpired() -> ShopError {
  let message = ShopErrorCase.cardDeclinedExpired.messageTemplate
  return ShopError(status: 402, code: .cardDeclined, message: message)
}

/// Raises errors whose messages have no parameters.
func failLogin() throws {
  throw ShopError.loginFailed()
}

func failEmptyOrder() throws {
  throw ShopError.orderEmpty()
}

func failCard() throws {
  throw ShopError.cardDeclinedExpired()
}

func failBank() throws {
  throw ShopError.bankUnreachableTimeout().with { $0.retryAfter = 30 }
}

/// Adds to an error what a server knows beside its parameters.
func added(to error: ShopError, cause: any Error) -> ShopError {
  var error = error.with { $0.underlyingError = cause }
  error.requestId = "r-18"
  error.region = "eu"
  return error
}

/// Writes an error.
func written(_ error: ShopError) -> [UInt8] {
  let response = error.httpResponse(acceptLanguage: "de")
  let names = response.headers.map(\.name).joined()
  return response.status == 409 && names.isEmpty ? [] : response.body
}

func details(of error: ShopError) -> ShopErrorResponse {
  error.problemDetails()
}

/// Builds one from a response.
func received(_ body: [UInt8]) -> ShopError {
  ShopError(status: 409, headers: ["X-Region": "eu"], body: body)
}
