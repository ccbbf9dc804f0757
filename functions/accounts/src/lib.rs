//! Looking after accounts: one's own page, whose devices and address it has, and what staff may do for the
//! accounts in their care. It can neither sign a session nor check a password.

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Agencies, Aws, MailQueue, StoreError};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    agencies: Agencies,
    queue: MailQueue,
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
        Ok(Self {
            edge: Edge::from_environment(variables)?,
            verifier: Verifier::from_environment(variables)?,
            agencies: Agencies::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "accounts";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            _ => Err(ApiError::not_found()),
        }
    }
}
