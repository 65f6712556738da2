//! The standard targets are part of the binary: a change in them makes a new one.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
