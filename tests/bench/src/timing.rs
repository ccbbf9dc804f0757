//! Whether the time of an answer tells what its bytes hide: is there an account, was the number right?
//!
//! The real handlers of registration and login answer the real events over the embedded stores, in this
//! process. The cases take turns, each round in another order, so that whatever else the machine does meets all
//! of them alike; and the medians are compared. Orders of mail go to a queue that nobody works on, so that
//! sending does not disturb what is measured; in the cloud another function does it.

mod cases;
mod figures;

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use lambda_runtime::Context;
use palad_api::{HttpFunction, answer};
use palad_environment::{Clock, Random, Variables};
use palad_system_tests::House;
use serde_json::Value;

use cases::{Case, Question};
use figures::Times;

/// How often.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How many times each case is measured.
    #[arg(long, default_value_t = 200)]
    rounds: usize,
}

/// The questions of one round come this much later than those of the last, so that every allowance that one try
/// of each case uses up is there again.
const BETWEEN: SignedDuration = SignedDuration::from_hours(3);

/// The functions that answer.
struct Functions {
    registration: palad_registration::App,
    login: palad_login::App,
}

impl Functions {
    fn new(variables: &Variables, clock: &Clock) -> Result<Self, String> {
        let random = Random::default;
        Ok(Self {
            registration: palad_registration::App::from_environment(variables, clock.clone(), random())
                .map_err(|error| error.to_string())?,
            login: palad_login::App::from_environment(variables, clock.clone(), random())
                .map_err(|error| error.to_string())?,
        })
    }

    /// Answers, and tells how long that took.
    async fn ask(&self, question: &Question) -> Result<Duration, String> {
        let event = question.event();
        let begun = Instant::now();
        let answered = if question.is_for(palad_login::App::NAME) {
            answer(&self.login, event, Context::default()).await
        } else {
            answer(&self.registration, event, Context::default()).await
        };
        let took = begun.elapsed();
        let answered: Value = answered.map_err(|error| error.to_string())?;
        match answered["statusCode"].as_u64() {
            Some(202) => Ok(took),
            status => Err(format!("{}: {status:?}", question.path())),
        }
    }
}

/// Measures and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<String, String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(measured(arguments.rounds))
}

async fn measured(rounds: usize) -> Result<String, String> {
    let house = House::start().await;
    let cases = cases::prepare(&house).await;
    let clock = Clock::default();
    let functions = Functions::new(&cases::without_mail(&house).await?, &clock)?;
    let begun = clock.now();
    let mut times: Vec<Times> = cases.iter().map(|_| Times::default()).collect();
    // The first round is for nothing: connections are made, memory is taken.
    for round in 0..=rounds {
        let passed = BETWEEN.checked_mul(i32::try_from(round).unwrap_or(i32::MAX));
        let now = passed.and_then(|passed| begun.checked_add(passed).ok()).ok_or("too many rounds")?;
        clock.set(now);
        for turn in 0..cases.len() {
            // Forwards and backwards, from another case each time: nobody always follows the same one.
            let place =
                if round.is_multiple_of(2) { round + turn } else { round + cases.len() - turn } % cases.len();
            let took = functions.ask(&cases[place].question(round)).await?;
            if round > 0 {
                times[place].add(took);
            }
        }
    }
    house.stop().await;
    let names = cases.iter().map(Case::name);
    Ok(figures::table(names.zip(&times), rounds))
}
