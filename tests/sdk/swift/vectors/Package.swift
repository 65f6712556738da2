// swift-tools-version:5.9

import Foundation
import PackageDescription

// `check` puts each module into `Modules` under a name of its own, and the tests of it into `Tests`.
let modules = try FileManager.default
  .contentsOfDirectory(atPath: "\(Context.packageDirectory)/Modules")
  .sorted()

let package = Package(
  name: "Vectors",
  targets: [.target(name: "Vectors")]
    + modules.flatMap { module -> [Target] in
      [
        .target(name: module, path: "Modules/\(module)"),
        .testTarget(
          name: "\(module)Tests",
          dependencies: ["Vectors", .target(name: module)]
        ),
      ]
    }
)
