//! Prints docs/policy.md.

use std::io::Write;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(palad_description::policy_page().as_bytes())
}
