// swift-tools-version:5.9

import PackageDescription

// Sources that are checked in with a program, and a package that it depends on: the two ways to use a module.
let package = Package(
  name: "Client",
  dependencies: [.package(path: "../full_shop")],
  targets: [
    .target(name: "PixnetErrors"),
    .testTarget(
      name: "ClientTests",
      dependencies: [
        "PixnetErrors",
        .product(name: "FullShopErrors", package: "full_shop"),
      ]
    ),
  ]
)
