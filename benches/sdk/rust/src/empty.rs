//! Nothing: what any program takes.

fn main() {}
