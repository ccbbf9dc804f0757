//! The Lambda function `progress`.

use palad_api::StreamFunction;
use palad_environment::{Clock, Random, Variables};
use palad_progress::App;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match App::from_environment(&Variables::of_process(), Clock::default(), Random::default()) {
        Ok(app) => palad_api::run_stream(app).await,
        Err(error) => palad_api::start_failed(App::NAME, &error),
    }
}
