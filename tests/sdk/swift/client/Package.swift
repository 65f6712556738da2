// swift-tools-version:5.9

import Foundation
import PackageDescription

#if compiler(>=6)
  let newest = "6"
#else
  let newest = "5"
#endif

// The programs of the documents, which `clients` puts here, a folder each.
let folder = "\(Context.packageDirectory)/Programs"
let programs = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []

let newestMode = [SwiftSetting.unsafeFlags(["-swift-version", newest])]

// Sources that are checked in with a program, and a package that it depends on: the two ways to use a module.
let package = Package(
  name: "Client",
  dependencies: [.package(path: "../full_shop")],
  targets: [
    .target(name: "PixnetErrors"),
    .target(name: "Vapor", path: "Vapor", swiftSettings: newestMode),
    // Those of the documents, which `clients` puts here.
    .target(
      name: "Recipes",
      dependencies: ["PixnetErrors", "Vapor"],
      path: "Recipes",
      swiftSettings: newestMode
    ),
    .testTarget(
      name: "ClientTests",
      dependencies: [
        "PixnetErrors", "Recipes", "Vapor",
        .product(name: "FullShopErrors", package: "full_shop"),
      ]
    ),
  ]
    + programs.sorted().map { program in
      .executableTarget(
        name: program,
        dependencies: [
          "PixnetErrors",
          .product(name: "FullShopErrors", package: "full_shop"),
        ],
        path: "Programs/\(program)",
        swiftSettings: newestMode
      )
    }
)
