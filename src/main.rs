//! The `condong` command line.

fn main() {}
