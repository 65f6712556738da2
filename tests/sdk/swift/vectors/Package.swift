// swift-tools-version:5.9

import Foundation
import PackageDescription

/// The folders below a folder of the package.
func folders(_ folder: String) -> [String] {
  let path = "\(Context.packageDirectory)/\(folder)"
  return (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
}

#if compiler(>=6)
  let newest = "6"
#else
  let newest = "5"
#endif

// `check` puts each module into `Modules` under a name of its own, and the tests of it into `Tests`. Modules are compiled in the
// newest language mode, and say for docc what is in them; once more, as binary frameworks, in mode 5.
let package = Package(
  name: "Vectors",
  targets: [.target(name: "Vectors")]
    + folders("Modules").map { module in
      .target(
        name: module,
        path: "Modules/\(module)",
        swiftSettings: [
          .unsafeFlags([
            "-swift-version", newest, "-emit-symbol-graph", "-emit-symbol-graph-dir",
            "\(Context.packageDirectory)/symbols/\(module)",
          ])
        ]
      )
    }
    + folders("Libraries").map { library in
      .target(
        name: library,
        path: "Libraries/\(library)",
        swiftSettings: [.unsafeFlags(["-enable-library-evolution"])]
      )
    }
    + folders("Tests").map { tests in
      .testTarget(
        name: tests,
        dependencies: ["Vectors", .target(name: String(tests.dropLast("Tests".count)))]
      )
    }
)
