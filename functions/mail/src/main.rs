//! The Lambda function `mail`.

use palad_api::QueueFunction;
use palad_environment::{Clock, Random, Variables};
use palad_mail::App;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match App::from_environment(&Variables::of_process(), Clock::default(), Random::default()) {
        Ok(app) => palad_api::run_queue(app).await,
        Err(error) => palad_api::start_failed(App::NAME, &error),
    }
}
