//! The whole system, until it is asked to stop.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use tokio::signal;

use super::output::{failed, tell};
use crate::demonstration::Demonstration;
use crate::functions;
use crate::runner::{Options, Running, Surroundings, start_with};

pub(super) async fn serve(options: Options, with_demo: bool) -> ExitCode {
    let began = Instant::now();
    let mut demo = None;
    let wire = async |surroundings: Surroundings| {
        if with_demo {
            demo = Demonstration::of(&options.data).fill(&surroundings).await?;
        }
        functions::wiring(&surroundings)
    };
    match start_with(&options, wire).await {
        Ok(running) => {
            tell(greeting(&running, began.elapsed(), demo.as_deref()));
            asked_to_stop().await;
            tell("Stopping.");
            running.stop().await;
            ExitCode::SUCCESS
        }
        Err(error) => failed(&error),
    }
}

fn greeting(running: &Running, took: Duration, demo: Option<&str>) -> String {
    let addresses = running.addresses();
    let site = addresses.site_url();
    let demo = demo.map(|account| format!("\n  Sign in as   {account}")).unwrap_or_default();
    format!(
        "Palad is ready ({:.1} s).\n\n  Site         {site}\n  Mailbox      {site}/local/mail\n  DynamoDB     {}\n  S3           {}\n  Queue, mail  {}\n  Data         {}{demo}\n\nCtrl-C stops it.",
        took.as_secs_f64(),
        addresses.dynamodb_url(),
        addresses.s3_url(),
        addresses.services_url(),
        running.data().display(),
    )
}

#[cfg(unix)]
async fn asked_to_stop() {
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(signal::ctrl_c().await),
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    drop(signal::ctrl_c().await);
}
