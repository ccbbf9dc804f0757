//! The local runner, as `cargo run` starts it.

fn main() -> std::process::ExitCode {
    palad_local::run()
}
