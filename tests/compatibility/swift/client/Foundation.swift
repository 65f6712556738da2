import Foundation
import ShopErrors

/// Reads an error that went through Objective-C.
func error(from objectiveC: NSError) -> ShopError? {
  guard objectiveC.domain == ShopError.errorDomain else { return nil }
  return ShopError(objectiveC)
}

/// Shows an error in the language of the user.
func shownToUser(_ code: ShopErrorCode) -> String? {
  code.localizedDescription()
}

/// Writes and reads errors and codes as JSON.
func copied(_ error: ShopError) throws -> ShopError {
  try JSONDecoder().decode(ShopError.self, from: JSONEncoder().encode(error))
}
