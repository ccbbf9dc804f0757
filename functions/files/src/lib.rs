//! Files of the offices: what belongs to a round, as the letter itself; and lists to take along, as a table.
//!
//! No file goes through a call: what is sent and what is fetched goes between the browser and a bucket, each by an
//! address that was signed for this one file and ends soon.

mod attachments;
mod exports;
mod leaving;
mod lists;
mod wire;

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_bucket::{AttachmentFiles, ExportFiles};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{Attachments, Aws, ExportLog, Exports, StoreError};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    attachments: Attachments,
    attachment_files: AttachmentFiles,
    exports: Exports,
    export_log: ExportLog,
    export_files: ExportFiles,
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
            attachments: Attachments::from_environment(&aws, variables)?,
            attachment_files: AttachmentFiles::from_environment(&aws, variables)?,
            exports: Exports::from_environment(&aws, variables)?,
            export_log: ExportLog::from_environment(&aws, variables)?,
            export_files: ExportFiles::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "files";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.exports.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        let response = match request.route() {
            "POST /api/rounds/{id}/attachments" => self.permit_attachment(&request).await,
            "POST /api/rounds/{id}/attachments/{attachment}/completion" => self.complete(&request).await,
            "DELETE /api/rounds/{id}/attachments/{attachment}" => self.detach(&request).await,
            "POST /api/exports" => self.export(&request).await,
            _ => Err(ApiError::not_found()),
        }?;
        self.finish_leaving(self.clock.now()).await;
        Ok(response)
    }
}
