//! The Lambda function `photos`.

use palad_api::QueueFunction;
use palad_environment::{Clock, Random, Variables};
use palad_photos::App;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match App::from_environment(&Variables::of_process(), Clock::default(), Random::default()) {
        Ok(app) => palad_api::run_queue_or_stream(app).await,
        Err(error) => palad_api::start_failed(<App as QueueFunction>::NAME, &error),
    }
}
