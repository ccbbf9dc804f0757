//! Claiming an agency, proving the claim, deciding it.
//!
//! A registration is a claim, not ownership: anybody may begin one for any agency, any number may
//! stand at once, and no answer tells whether an agency is free, claimed or taken.
//!
//! There are three proofs: the agency's own mailbox, the code of the official letter, and the approval of an
//! office. What each is worth is a table of the domain (`palad_domain::claim::worth`); `desk.rs` carries it out.

mod approve;
mod begin;
mod decide;
mod desk;
mod prove;
mod queue;
mod take_over;
mod wire;

pub use approve::{Approvals, Approved, NotApproved};

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_password::{Hasher, LetterCodeHasher, Pepper};
use palad_store::{Aws, GuessLog, LetterCodes, RefusalLog, StoreError, Tries};

use crate::desk::Desk;

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    desk: Desk,
    letters: LetterCodes,
    tries: Tries,
    guesses: GuessLog,
    refusals: RefusalLog,
    pepper: Pepper,
    hasher: Hasher,
    letter_hasher: LetterCodeHasher,
    clock: Clock,
    random: Random,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(
        variables: &Variables,
        clock: Clock,
        random: Random,
    ) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        let pepper = Pepper::from_environment(variables)?;
        Ok(Self {
            edge: Edge::from_environment(variables)?,
            verifier: Verifier::from_environment(variables)?,
            desk: Desk::on(aws.clone(), variables, random.clone())?,
            letters: LetterCodes::from_environment(&aws, variables)?,
            tries: Tries::from_environment(&aws, variables)?,
            guesses: GuessLog::from_environment(&aws, variables)?,
            refusals: RefusalLog::from_environment(&aws, variables)?,
            hasher: Hasher::new(pepper.clone(), random.clone()),
            letter_hasher: LetterCodeHasher::new(random.clone()),
            pepper,
            clock,
            random,
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "registration";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.desk.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "POST /api/registrations" => self.begin(&request).await,
            "POST /api/registrations/{claim}/proof" => self.prove(&request).await,
            "POST /api/registrations/completions" => self.complete(&request).await,
            "POST /api/registrations/objections" => self.object(&request).await,
            "GET /api/claims" => self.list_claims(&request).await,
            "POST /api/claims/{id}/approval" => self.approve(&request).await,
            "POST /api/claims/{id}/refusal" => self.refuse(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
