//! Claiming an agency, proving the claim, approving it.
//!
//! A registration is a claim, not ownership: anybody may begin one for any agency, any number may
//! stand at once, and no answer tells whether an agency is free, claimed or taken.

mod approve;
mod begin;
mod prove;

pub use approve::{Approvals, NotApproved};

use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_password::{Hasher, Pepper};
use palad_store::{Agencies, Aws, Claims, MailQueue, StoreError, Tries};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    agencies: Agencies,
    claims: Claims,
    tries: Tries,
    queue: MailQueue,
    pepper: Pepper,
    hasher: Hasher,
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
            agencies: Agencies::from_environment(&aws, variables)?,
            claims: Claims::from_environment(&aws, variables)?,
            tries: Tries::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            hasher: Hasher::new(pepper.clone(), random.clone()),
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
        self.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "POST /api/registrations" => self.begin(&request).await,
            "POST /api/registrations/{claim}/proof" => self.prove(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
