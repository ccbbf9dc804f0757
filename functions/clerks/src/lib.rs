//! The personnel screen (บุคลากร): add, view, edit, confirm, delete and restore an agency's clerk.

mod confirm;
mod photos;
mod save;
mod view;
mod wire;

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_bucket::Uploads;
use palad_domain::agency::Agency;
use palad_domain::session::Session;
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Agencies, Aws, Confirmations, Photos, Records, StoreError};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    agencies: Agencies,
    records: Records,
    confirmations: Confirmations,
    photos: Photos,
    uploads: Uploads,
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
            records: Records::from_environment(&aws, variables)?,
            confirmations: Confirmations::from_environment(&aws, variables)?,
            photos: Photos::from_environment(&aws, variables)?,
            uploads: Uploads::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }

    /// Who asks, and about which agency.
    async fn session_and_agency(&self, request: &Request) -> Result<(Session, Agency), ApiError> {
        let session = request.session(&self.verifier, self.clock.now())?;
        let agency = self.agencies.find(&request.agency_code()?).await?.ok_or_else(ApiError::not_found)?;
        Ok((session, agency))
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "clerks";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "GET /api/agencies/{code}/clerks" => self.list(&request).await,
            "POST /api/agencies/{code}/clerks" => self.create(&request).await,
            "GET /api/agencies/{code}/clerks/{id}" => self.get(&request).await,
            "PUT /api/agencies/{code}/clerks/{id}" => self.edit(&request).await,
            "DELETE /api/agencies/{code}/clerks/{id}" => self.delete(&request).await,
            "POST /api/agencies/{code}/clerks/{id}/restoration" => self.restore(&request).await,
            "POST /api/agencies/{code}/confirmation" => self.confirm(&request).await,
            "POST /api/agencies/{code}/photos" => self.permit_upload(&request).await,
            "GET /api/agencies/{code}/photos/{photo}" => self.photo(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
