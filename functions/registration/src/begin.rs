//! Beginning a claim: the form of the letters, and a code to the address that was given.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::agency::AgencyCode;
use palad_domain::claim::{CLAIM_CODE_LIFE, CODE_TRIES, Claim, ClaimId, ClaimState};
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::mail::Occasion;
use palad_domain::password::Password;
use palad_store::TriesScope;
use serde::{Deserialize, Serialize};

use crate::App;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    agency: Option<String>,
    email: Option<String>,
    password: Option<String>,
}

#[derive(Serialize)]
struct Begun<'a> {
    claim: &'a ClaimId,
}

impl App {
    pub(crate) async fn begin(&self, request: &Request) -> Result<Response, ApiError> {
        let (code, email, password) = parse(&request.json()?)?;
        let now = self.clock.now();
        let agency =
            self.desk.agencies.find(&code).await?.ok_or_else(|| ApiError::agency_not_listed("/agency"))?;
        let password = password
            .apart_from(&agency)
            .map_err(|say| ApiError::invalid(FieldErrors::one("/password", say)))?;
        self.charge(request, &email, now).await?;

        let device = Device::of(request, &self.random);
        let id = ClaimId::of_random(self.random.id());
        let mailed = self.random.code();
        let claim = Claim {
            agency: code,
            province: agency.province.code(),
            email: email.clone(),
            password_hash: self.hasher.hash(&password).await.map_err(ApiError::internal)?,
            code_hash: self.pepper.code_hash(id.as_str(), &mailed),
            device_hash: device.hash(),
            device_name: device.name().to_owned(),
            state: ClaimState::Unproved,
            tries_left: CODE_TRIES,
            created_at: now,
            expires_at: now + CLAIM_CODE_LIFE,
            id,
        };
        self.desk.claims.begin(&claim).await?;
        let occasion = Occasion::RegistrationCode { to: email, agency: agency.view(), code: mailed };
        self.desk.order("CLAIM-CODE", &claim, occasion).await?;
        Ok(Response::accepted(&Begun { claim: &claim.id }).cookie(device.cookie()))
    }

    /// Charges one registration under this address. The network comes first: a stranger who has used its allowance up
    /// takes nothing from what the owner of the address has, who asks from elsewhere.
    async fn charge(&self, request: &Request, email: &Email, now: Timestamp) -> Result<(), ApiError> {
        let mark = self.pepper.network_mark("REGISTER", request.client_address());
        for scope in [TriesScope::Registrations(email, &mark), TriesScope::RegistrationsFromAll(email)] {
            self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
        }
        Ok(())
    }
}

fn parse(form: &Form) -> Result<(AgencyCode, Email, Password), ApiError> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let mut errors = FieldErrors::default();
    let agency = text(&form.agency).parse::<AgencyCode>();
    // Which numbers are weak depends on the agency; without one, only the form is checked.
    let password = match &agency {
        Ok(agency) => Password::choose(&text(&form.password), agency),
        Err(_) => Password::parse(&text(&form.password)),
    };
    let agency = errors.keep("/agency", agency);
    let email = errors.keep("/email", text(&form.email).parse::<Email>());
    let password = errors.keep("/password", password);
    match (agency, email, password) {
        (Some(agency), Some(email), Some(password)) => Ok((agency, email, password)),
        _ => Err(ApiError::invalid(errors)),
    }
}
