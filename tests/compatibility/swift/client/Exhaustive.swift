import ShopErrors

// A `switch` over an enumeration of a binary framework needs `@unknown default`, which has no use with any other module. So what
// is here is for the source alone.

/// Handles each value, so that the compiler says when there is another one.
func sign(of severity: ShopErrorSeverity?) -> String {
  switch severity {
  case .info: "i"
  case .warning: "!"
  case .error: "x"
  case nil: "?"
  }
}

/// Decides on a retry.
func delay(after error: ShopError) -> Int? {
  switch error.retry {
  case .never: nil
  case .transient: 1
  case .throttled: error.retryAfter ?? 60
  }
}
