//! Rounds: the central office makes, opens and closes them; the offices see how far they are, and whom to call; and
//! an agency answers from the link of a reminder.

mod answering;
mod asking;
mod calls;
mod changing;
mod dead_links;
mod opening;
mod progress;
mod reading;
mod wire;

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, LinkKey, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Agencies, Aws, Confirmations, Mailboxes, Receipts, Records, Rounds, StoreError, Tries};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    links: LinkKey,
    agencies: Agencies,
    rounds: Rounds,
    confirmations: Confirmations,
    mailboxes: Mailboxes,
    records: Records,
    receipts: Receipts,
    tries: Tries,
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
            links: LinkKey::from_environment(variables)?,
            agencies: Agencies::from_environment(&aws, variables)?,
            rounds: Rounds::from_environment(&aws, variables)?,
            confirmations: Confirmations::from_environment(&aws, variables)?,
            mailboxes: Mailboxes::from_environment(&aws, variables)?,
            records: Records::from_environment(&aws, variables)?,
            receipts: Receipts::from_environment(&aws, variables)?,
            tries: Tries::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "rounds";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "GET /api/rounds" => self.list(&request).await,
            "POST /api/rounds" => self.create(&request).await,
            "GET /api/rounds/{id}" => self.get(&request).await,
            "PUT /api/rounds/{id}" => self.edit(&request).await,
            "DELETE /api/rounds/{id}" => self.delete(&request).await,
            "GET /api/rounds/{id}/rehearsal" => self.rehearse(&request).await,
            "POST /api/rounds/{id}/opening" => self.open(&request).await,
            "PUT /api/rounds/{id}/deadline" => self.move_deadline(&request).await,
            "POST /api/rounds/{id}/closing" => self.close(&request).await,
            "POST /api/rounds/{id}/stop" => self.stop(&request, true).await,
            "DELETE /api/rounds/{id}/stop" => self.stop(&request, false).await,
            "GET /api/rounds/{id}/progress" => self.progress(&request).await,
            "GET /api/rounds/{id}/owing" => self.owing(&request).await,
            "POST /api/rounds/{id}/calls" => self.note_call(&request).await,
            "GET /api/holidays" => self.holidays(&request).await,
            "PUT /api/holidays" => self.change_holidays(&request).await,
            "POST /api/reminders/stop" => self.stop_all(&request, true).await,
            "DELETE /api/reminders/stop" => self.stop_all(&request, false).await,
            "POST /api/confirmations" => self.by_link(&request).await,
            "GET /api/receipts/{number}" => self.receipt(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
