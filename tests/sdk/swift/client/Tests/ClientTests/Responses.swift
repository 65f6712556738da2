import FullShopErrors
import PixnetErrors

/// What a call of the PIXNET API throws for a response.
func callPixnet(status: Int, code: Int, message: String = "", headers: [String: String] = [:])
  throws
{
  throw PixnetError(
    status: status,
    headers: headers,
    body: Array(#"{"error":1,"code":"\#(code)","message":"\#(message)"}"#.utf8)
  )
}

/// What a call of the shop throws for a response.
func callShop(status: Int, code: String, message: String = "") throws {
  throw FullShopError(
    status: status,
    body: Array(#"{"error":{"code":"\#(code)","detail":[{"text":"\#(message)"}]}}"#.utf8)
  )
}

/// What a program does about an error of either.
func reaction(to call: () throws -> Void) -> String {
  do {
    try call()
    return "done"
  } catch PixnetErrorCode.tokenInvalid {
    return "log in"
  } catch PixnetErrorGroup.authenticationRateLimit {
    return "wait"
  } catch PixnetErrorCategory.authentication {
    return "check the app"
  } catch FullShopErrorCase.orderInvalidEmpty {
    return "put something into the basket"
  } catch FullShopErrorCategory.payment {
    return "pay in another way"
  } catch let error as PixnetError where error.retry != .never {
    return "try again"
  } catch {
    return "show: \(error)"
  }
}
