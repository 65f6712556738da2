"""Reads `cargo metadata` and fails where a crate needs a newer Rust than the package that all are for."""

import json
import sys


def number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def main() -> int:
    metadata = json.load(sys.stdin)
    packages = metadata["packages"]
    root = next(it for it in packages if it["id"] == metadata["resolve"]["root"])
    stated = root["rust_version"]
    newer = [it for it in packages if it["rust_version"] and number(it["rust_version"])[:2] > number(stated)[:2]]
    for package in newer:
        name = f"{package['name']} {package['version']}"
        print(f"{name} needs Rust {package['rust_version']}, and Cargo.toml states {stated}", file=sys.stderr)
    return 1 if newer else 0


if __name__ == "__main__":
    sys.exit(main())
