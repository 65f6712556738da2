import ShopErrors

/// Catches an error.
func closesOrder(_ request: () throws -> Void) rethrows -> Bool {
  do {
    try request()
  } catch ShopErrorCode.orderClosed {
    return true
  }
  return false
}

/// Catches an error with a condition.
func failsToLogIn(_ request: () throws -> Void) rethrows -> Bool {
  do {
    try request()
  } catch let error as ShopError where error.code == .loginFailed {
    return true
  }
  return false
}

/// Catches a case.
func hasExpired(_ request: () throws -> Void) rethrows -> Bool {
  do {
    try request()
  } catch ShopErrorCase.cardDeclinedExpired {
    return true
  }
  return false
}

/// Catches groups.
func place(of request: () throws -> Void) -> String {
  do {
    try request()
  } catch ShopErrorGroup.orderCart {
    return "cart"
  } catch ShopErrorGroup.orderPayment {
    return "payment"
  } catch {
    return "elsewhere"
  }
  return "nowhere"
}

/// Catches categories.
func page(for request: () throws -> Void) -> String {
  do {
    try request()
  } catch ShopErrorCategory.order {
    return "order"
  } catch ShopErrorCategory.account {
    return "account"
  } catch {
    return "start"
  }
  return "none"
}

/// Catches a value of a property.
func isHarmless(_ request: () throws -> Void) rethrows -> Bool {
  do {
    try request()
  } catch let error as ShopError where error.severity == .info {
    return true
  }
  return false
}
