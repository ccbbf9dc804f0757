//! Looking after accounts: one's own page, whose devices and address it has, and what staff may do for the
//! accounts in their care. It can neither sign a session nor check a password.

mod asking;
mod audit;
mod care;
mod email;
mod hand_over;
mod objection;
mod own;
mod staff;

pub use staff::{NotInvited, OperatorDesk};

use palad_api::session::Verifier;
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_domain::agency::Agency;
use palad_domain::email::Email;
use palad_domain::mail::{AccountNotice, MailOrder, Occasion};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_store::{
    AccountCare, Agencies, AgencyList, AuditTrail, Aws, EmailChanges, HandOvers, MailQueue, OwnAccount,
    StaffDesk, StaffInvitations, StaffSessions, StoreError, TakeOvers, Tries,
};

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    verifier: Verifier,
    agencies: Agencies,
    agency_list: AgencyList,
    own: OwnAccount,
    email_changes: EmailChanges,
    hand_overs: HandOvers,
    take_overs: TakeOvers,
    audit: AuditTrail,
    care: AccountCare,
    tries: Tries,
    staff: StaffDesk,
    staff_sessions: StaffSessions,
    invitations: StaffInvitations,
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
            agency_list: AgencyList::from_environment(&aws, variables)?,
            own: OwnAccount::from_environment(&aws, variables)?,
            email_changes: EmailChanges::from_environment(&aws, variables)?,
            hand_overs: HandOvers::from_environment(&aws, variables)?,
            take_overs: TakeOvers::from_environment(&aws, variables)?,
            audit: AuditTrail::from_environment(&aws, variables)?,
            care: AccountCare::from_environment(&aws, variables)?,
            tries: Tries::from_environment(&aws, variables)?,
            staff: StaffDesk::from_environment(&aws, variables)?,
            staff_sessions: StaffSessions::from_environment(&aws, variables)?,
            invitations: StaffInvitations::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            clock,
            random,
        })
    }
}

impl App {
    /// Orders a mail, sent at most once for each key.
    async fn order(&self, key: String, occasion: Occasion) -> Result<(), ApiError> {
        Ok(self.queue.order(&MailOrder { key, occasion }).await?)
    }

    /// Tells somebody what happened to an agency's account.
    async fn notify(
        &self,
        key: &str,
        to: Email,
        agency: &Agency,
        notice: AccountNotice,
    ) -> Result<(), ApiError> {
        self.order(key.to_owned(), Occasion::AccountNotice { to, agency: agency.view(), notice }).await
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
            "GET /api/account" => self.view_own(&request).await,
            "DELETE /api/account/sessions" => self.sign_out_everywhere(&request).await,
            "POST /api/account/email" => self.begin_email_change(&request).await,
            "POST /api/email-changes" => self.confirm_email_change(&request).await,
            "POST /api/email-changes/undo" => self.undo_email_change(&request).await,
            "POST /api/account/handover" => self.begin_hand_over(&request).await,
            "DELETE /api/account/handover" => self.end_hand_over(&request).await,
            "POST /api/account/objection" => self.object(&request).await,
            "GET /api/agencies/{code}/audit" => self.read_audit(&request).await,
            "GET /api/accounts" => self.list_accounts(&request).await,
            "POST /api/accounts/{code}/suspension" => self.suspend(&request).await,
            "DELETE /api/accounts/{code}/suspension" => self.unsuspend(&request).await,
            "POST /api/accounts/{code}/reset" => self.send_reset(&request).await,
            "POST /api/staff/invitations" => self.invite_staff(&request).await,
            "GET /api/staff" => self.list_staff(&request).await,
            "GET /api/staff/audit" => self.read_staff_audit(&request).await,
            "POST /api/staff/{id}/suspension" => self.suspend_staff(&request).await,
            "DELETE /api/staff/{id}/suspension" => self.lift_staff_suspension(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}
