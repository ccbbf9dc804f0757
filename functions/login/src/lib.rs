//! Signing in, with a code by mail from a new device; signing out; a new password by mail. Staff, who sign in
//! with a second factor always.

mod code;
mod hand_over;
mod reset;
mod session;
mod sign_in;
mod staff;
mod strangers;

use data_encoding::BASE64URL_NOPAD;
use palad_api::session::{Signer, Verifier};
use palad_api::{ApiError, Edge, HttpFunction, Request, Response};
use palad_environment::{Clock, Random, Variables, VariablesError};
use palad_password::{Hasher, Pepper};
use palad_store::{
    Agencies, Aws, Challenges, Guards, GuessLog, HandOverAcceptance, MailQueue, Resets, SignIn,
    StaffAcceptance, StaffChallenges, StaffSignIn, StoreError, Tries,
};
use ring::digest;

/// What the function works with, made once when it starts.
pub struct App {
    edge: Edge,
    signer: Signer,
    verifier: Verifier,
    agencies: Agencies,
    accounts: SignIn,
    challenges: Challenges,
    resets: Resets,
    hand_overs: HandOverAcceptance,
    tries: Tries,
    guards: Guards,
    guesses: GuessLog,
    staff: StaffSignIn,
    staff_challenges: StaffChallenges,
    staff_acceptance: StaffAcceptance,
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
            signer: Signer::from_environment(variables)?,
            verifier: Verifier::from_environment(variables)?,
            agencies: Agencies::from_environment(&aws, variables)?,
            accounts: SignIn::from_environment(&aws, variables)?,
            challenges: Challenges::from_environment(&aws, variables)?,
            resets: Resets::from_environment(&aws, variables)?,
            hand_overs: HandOverAcceptance::from_environment(&aws, variables)?,
            tries: Tries::from_environment(&aws, variables)?,
            guards: Guards::from_environment(&aws, variables)?,
            guesses: GuessLog::from_environment(&aws, variables)?,
            staff: StaffSignIn::from_environment(&aws, variables)?,
            staff_challenges: StaffChallenges::from_environment(&aws, variables)?,
            staff_acceptance: StaffAcceptance::from_environment(&aws, variables)?,
            queue: MailQueue::from_environment(&aws, variables)?,
            hasher: Hasher::new(pepper.clone(), random.clone()),
            pepper,
            clock,
            random,
        })
    }
}

impl HttpFunction for App {
    const NAME: &'static str = "login";

    fn edge(&self) -> &Edge {
        &self.edge
    }

    async fn warm_up(&self) -> Result<(), StoreError> {
        self.agencies.warm_up().await
    }

    async fn handle(&self, request: Request) -> Result<Response, ApiError> {
        match request.route() {
            "POST /api/session" => self.sign_in(&request).await,
            "POST /api/session/code" => self.give_code(&request).await,
            "GET /api/session" => self.renew(&request).await,
            "DELETE /api/session" => Ok(Self::sign_out()),
            "POST /api/staff/session" => self.staff_sign_in(&request).await,
            "POST /api/staff/session/totp" => self.give_second_factor(&request).await,
            "POST /api/staff/invitations/accept" => self.look_at_invitation(&request).await,
            "POST /api/staff/invitations/acceptance" => self.accept_invitation(&request).await,
            "POST /api/handovers/acceptance" => self.accept_hand_over(&request).await,
            "POST /api/password-resets" => self.ask_for_reset(&request).await,
            "POST /api/password-resets/{token}" => self.use_reset(&request).await,
            _ => Err(ApiError::not_found()),
        }
    }
}

/// What stands for a link's token in the store.
fn token_hash(token: &str) -> String {
    BASE64URL_NOPAD.encode(digest::digest(&digest::SHA256, token.as_bytes()).as_ref())
}
