import Foundation

// What the recipe in docs/sdk/swift.md uses of Vapor 4, with its names and types: Vapor itself needs 30 packages from their
// repositories.

public protocol AsyncResponder: Sendable {
  func respond(to request: Request) async throws -> Response
}

public protocol AsyncMiddleware: Sendable {
  func respond(to request: Request, chainingTo next: any AsyncResponder) async throws -> Response
}

public final class Request: Sendable {
  public let headers: HTTPHeaders
  public let logger: Logger

  public init(headers: HTTPHeaders, logger: Logger) {
    self.headers = headers
    self.logger = logger
  }
}

public struct HTTPHeaders: Sendable {
  private let fields: [(name: String, value: String)]

  public init(_ headers: [(String, String)] = []) {
    fields = headers.map { ($0, $1) }
  }

  public func first(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

public struct HTTPResponseStatus: Sendable {
  public let code: UInt

  public init(statusCode: Int) {
    code = UInt(statusCode)
  }
}

public final class Response: Sendable {
  public struct Body: Sendable {
    public let data: Data?

    public init(data: Data) {
      self.data = data
    }
  }

  public let status: HTTPResponseStatus
  public let headers: HTTPHeaders
  public let body: Body

  public init(status: HTTPResponseStatus, headers: HTTPHeaders, body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// That of swift-log.
public struct Logger: Sendable {
  public struct Message: ExpressibleByStringInterpolation, CustomStringConvertible, Sendable {
    public let description: String

    public init(stringLiteral value: String) {
      description = value
    }
  }

  public enum MetadataValue: Sendable {
    case string(String)
    case stringConvertible(any CustomStringConvertible & Sendable)
  }

  private let write: @Sendable (String) -> Void

  /// Creates a logger that hands each line to a function.
  public init(write: @escaping @Sendable (String) -> Void) {
    self.write = write
  }

  public func error(
    _ message: @autoclosure () -> Message,
    metadata: @autoclosure () -> [String: MetadataValue]? = nil
  ) {
    let pairs = (metadata() ?? [:]).map { name, value in
      switch value {
      case .string(let text): "\(name)=\(text)"
      case .stringConvertible(let value): "\(name)=\(value)"
      }
    }
    write(([message().description] + pairs.sorted()).joined(separator: " "))
  }
}
