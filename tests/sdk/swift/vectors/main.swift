// Holds a module against files of vectors, whose paths are the arguments. `Subject` is the module's error type.

import Foundation

/// What the module makes of a vector's response, for each member that a vector can expect.
func answer(to vector: Vector) -> [String: JSON] {
  let response = vector.response
  let error = Subject(status: response.status, headers: response.headers, body: response.body.data)
  let id = error.code?.id
  let category = error.category?.rawValue
  return [
    "code": error.code.map { JSON($0.rawValue) } ?? JSON(error.rawCode),
    "id": JSON(id),
    "case": JSON(error.case.map { local($0.rawValue, to: id) }),
    "category": JSON(category),
    "group": JSON(error.group.map { local($0.rawValue, to: category) }),
    "retry": JSON(error.retry.rawValue),
    "retry_after": JSON(error.retryAfter),
    "message": JSON(error.message),
    "parameters": .object(
      error.parameters.mapValues { value in
        switch value {
        case .string(let text): .string(text)
        case .integer(let integer): .integer(integer)
        case .boolean(let boolean): .boolean(boolean)
        }
      }
    ),
    "display": JSON("\(error)"),
    "descriptions": .object(
      vector.tags(of: "descriptions") { JSON(error.localizedDescription(for: $0)) }
    ),
    "resolutions": .object(
      vector.tags(of: "resolutions") { JSON(error.localizedRecoverySuggestion(for: $0)) }
    ),
  ]
}

/// An id less that of what it is in: Swift's name of a group is `category.group`, and of a case `error.case`.
func local(_ name: String, to owner: String?) -> String {
  guard let owner, name.hasPrefix("\(owner).") else { return name }
  return String(name.dropFirst(owner.count + 1))
}

/// Differences go to standard error, the number of vectors to standard output.
func report(_ line: String) {
  FileHandle.standardError.write(Data("\(line)\n".utf8))
}

/// The number of vectors in a file and of the differences, which are reported.
func run(_ path: String) throws -> (vectors: Int, differences: Int) {
  let contents = try Data(contentsOf: URL(fileURLWithPath: path))
  let file = try JSONDecoder().decode(VectorFile.self, from: contents)
  guard file.format == 1 else {
    report("\(path): the format is \(file.format), not 1")
    return (0, 1)
  }
  guard !file.vectors.isEmpty else {
    report("\(path): there are no vectors")
    return (0, 1)
  }
  var differences = 0
  for vector in file.vectors {
    let found = answer(to: vector)
    if Set(vector.expected.keys) != Set(found.keys) {
      differences += 1
      report("\(path): \(vector.name): the members of `expected` are not those of the format")
    }
    for (member, expected) in vector.expected.sorted(by: { $0.key < $1.key }) {
      guard let value = found[member], value != expected else { continue }
      differences += 1
      report("\(path): \(vector.name): \(member)\n  expected \(expected)\n  found    \(value)")
    }
  }
  return (file.vectors.count, differences)
}

let results = try CommandLine.arguments.dropFirst().map(run)
print("vectors: \(results.reduce(0) { $0 + $1.vectors })")
if results.isEmpty || results.contains(where: { $0.differences > 0 }) {
  exit(1)
}
