import ShopErrors

/// Reads what a response tells beside the code and the message.
func requestID(_ error: ShopError) -> String? {
  let requestID: String? = error.requestId
  return requestID
}

func region(_ error: ShopError) -> String? {
  let region: String? = error.region
  return region
}

func fields(_ error: ShopError) -> [String?] {
  [error.fields["request_id"], error.subcode] + error.errors.map(\.rawCode)
}

/// Reads the properties of errors.
func owner(_ error: ShopError) -> String? {
  let owner: String? = error.owner
  return owner
}

func owner(_ code: ShopErrorCode) -> String? {
  let owner: String? = code.owner
  return owner
}

func isWarning(_ error: ShopError) -> Bool {
  error.severity == .warning
}

func isFailure(_ code: ShopErrorCode) -> Bool {
  code.severity == .error
}

func isNotice(_ severity: ShopErrorSeverity) -> Bool {
  severity == .info
}

func severities() -> [String] {
  ShopErrorSeverity.allCases.map(\.rawValue)
}

/// Lists what the catalogue says of its errors.
func lines() -> [String] {
  ShopErrorCode.knownCodes.map { code in
    let texts = [
      code.id, code.documentationURL, code.since, code.deprecation?.since,
      code.deprecation?.replacement?.id, code.retirement?.since, code.messageTemplate,
      code.category?.localizedTitle(for: "de"), code.group?.localizedTitle(for: "de"),
      code.localizedDescription(for: "de"), code.localizedRecoverySuggestion(for: "en"),
      code.retry?.rawValue, code.properties["severity"]?.stringValue,
      code.httpStatus.map(String.init),
    ]
    let parameters = code.parameters.map(\.name) + code.cases.flatMap(\.parameters).map(\.name)
    return (texts.compactMap { $0 } + parameters).joined(separator: " ")
  }
}

/// Compares categories and groups.
func belongsToOrder(_ code: ShopErrorCode) -> Bool {
  code.category == .order
}

func belongsToAccount(_ code: ShopErrorCode) -> Bool {
  code.category == .account
}

func belongsToCart(_ code: ShopErrorCode) -> Bool {
  code.group == .orderCart
}

func belongsToPayment(_ code: ShopErrorCode) -> Bool {
  code.group == .orderPayment
}

/// Shows an error to people.
func shown(_ error: ShopError) -> String {
  error.localizedDescription(for: "de") ?? error.message ?? "\(error)"
}
