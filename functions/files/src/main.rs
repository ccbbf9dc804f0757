//! The Lambda function `files`.

use palad_api::HttpFunction;
use palad_environment::{Clock, Random, Variables};
use palad_files::App;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match App::from_environment(&Variables::of_process(), Clock::default(), Random::default()) {
        Ok(app) => palad_api::run(app).await,
        Err(error) => palad_api::start_failed(App::NAME, &error),
    }
}
