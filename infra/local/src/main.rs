//! `cargo run`: the whole system on this machine.

fn main() -> std::process::ExitCode {
    palad_local::run()
}
