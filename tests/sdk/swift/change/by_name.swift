// Parameters by name go on, whatever their type.
// source: compiles
// binary: runs
import ChangeErrors

let error = ChangeError(status: 400, code: .changesType, message: "Limit 2 reached")
print(error.parameters["limit"] ?? "unknown", error.parameters["card"] ?? "unknown")
