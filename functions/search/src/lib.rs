//! The public directory and the lists that the picker is made of.

mod directory;
mod held;
mod lists;

use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Aws, Directory, StoreError};

use crate::held::Held;

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    held: Held,
}

impl App {
    /// Reads the environment.
    ///
    /// # Errors
    /// When a variable is missing or malformed.
    pub fn from_environment(variables: &Variables, _: Clock, _: Random) -> Result<Self, VariablesError> {
        let aws = Aws::from_environment(variables)?;
        Ok(Self {
            edge: Edge::from_environment(variables)?,
            held: Held::new(Directory::from_environment(&aws, variables)?),
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "search";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    /// Reads the whole directory, so that the first search need not.
    async fn warm_up(&self) -> Result<(), StoreError> {
        self.held.ask(|_| ()).await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "GET /api/openapi.json" => {
                Ok(Response::ok(&palad_description::document()).cache("public, max-age=300"))
            }
            "GET /api/provinces" => Ok(lists::provinces()),
            "GET /api/agencies" => self.agencies(&request).await,
            "GET /api/directory" => self.directory(&request).await,
            "GET /api/directory/{code}" => self.entry(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
