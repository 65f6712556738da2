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

/// Builds one from a response.
func received(_ body: [UInt8]) -> ShopError {
  ShopError(status: 409, headers: ["X-Region": "eu"], body: body)
}
