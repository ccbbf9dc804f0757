//! Proving a claim: by the code that was mailed, or by the code of the official letter.
//!
//! A try is charged before it is judged, at the claim and for a letter's code at the agency too. Whether there is a
//! letter at all cannot be told: one hash is computed either way, and a wrong code is answered the same.

use jiff::Timestamp;
use palad_api::{ApiError, Device, Request, Response};
use palad_domain::claim::{Claim, ClaimId};
use palad_domain::code;
use palad_domain::fields::FieldErrors;
use palad_domain::letter_code::{self, LetterCode};
use palad_domain::say::say;
use palad_store::{Grounds, Letter, TriesScope};
use serde::Deserialize;

use crate::App;
use crate::wire::Proved;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    code: Option<String>,
    letter_code: Option<String>,
}

/// What was typed.
enum Typed {
    Mailed(String),
    Letter(LetterCode),
}

impl App {
    pub(crate) async fn prove(&self, request: &Request) -> Result<Response, ApiError> {
        let id = ClaimId::parse(request.param("claim")?).ok_or_else(expired)?;
        let typed = parse(&request.json()?)?;

        let now = self.clock.now();
        let Some(claim) = self.desk.claims.take_try(&id, now).await? else {
            if let Some(agency) = self.desk.claims.whose(&id).await? {
                self.guesses.wrong_code(&agency, request.request_id(), now).await?;
            }
            return Err(expired());
        };
        let is_this_browser = Device::of(request, &self.random).hash() == claim.device_hash;
        if !is_this_browser || !claim.was_made_by(now) {
            self.guesses.wrong_code(&claim.agency, request.request_id(), now).await?;
            return Err(expired());
        }
        let letter;
        let grounds = match typed {
            Typed::Mailed(mailed) => {
                if !self.pepper.is_code(id.as_str(), &mailed, &claim.code_hash) {
                    self.guesses.wrong_code(&claim.agency, request.request_id(), now).await?;
                    return Err(ApiError::invalid(FieldErrors::one("/code", code::wrong(claim.tries_left))));
                }
                Grounds::Mailbox
            }
            Typed::Letter(typed) => {
                letter = self.right_letter(request, &claim, &typed, now).await?;
                Grounds::Letter(&letter)
            }
        };
        let agency = self.desk.agencies.find(&claim.agency).await?.ok_or_else(expired)?;
        let settled = self.desk.settle(claim, &agency, grounds, request.request_id(), now).await?;
        Ok(Response::ok(&Proved::of(&settled.ok_or_else(ApiError::under_way)?)?))
    }

    /// The agency's letter, if this is its code and no other claim has used it.
    async fn right_letter(
        &self,
        request: &Request,
        claim: &Claim,
        typed: &LetterCode,
        now: Timestamp,
    ) -> Result<Letter, ApiError> {
        // The network comes first: one that has used its tries up takes none from whoever holds the letter.
        let mark = self.pepper.network_mark("LETTER", request.client_address());
        let agency = &claim.agency;
        for scope in [TriesScope::LetterCodes(agency, &mark), TriesScope::LetterCodesFromAll(agency)] {
            self.tries.charge(scope, now).await?.map_err(ApiError::too_many_tries)?;
        }
        let letter = self.letters.find(&claim.agency, now).await?;
        let typed = typed.bound_to(&claim.agency);
        let is_right = match &letter {
            Some(letter) => self.letter_hasher.check(&typed, &letter.code_hash).await,
            // As long as a check against somebody's code.
            None => self.letter_hasher.hash(&typed).await.map(|_| false),
        };
        let is_right = is_right.map_err(ApiError::internal)?;
        let is_free = |letter: &Letter| letter.used_by.as_ref().is_none_or(|used_by| *used_by == claim.id);
        match letter.filter(|letter| is_right && is_free(letter)) {
            Some(letter) => Ok(letter),
            None => {
                self.guesses.wrong_letter_code(&claim.agency, request.request_id(), now).await?;
                let say = letter_code::wrong(claim.tries_left);
                Err(ApiError::invalid(FieldErrors::one("/letter_code", say)))
            }
        }
    }
}

fn parse(form: &Form) -> Result<Typed, ApiError> {
    let at = |pointer, say| ApiError::invalid(FieldErrors::one(pointer, say));
    match (&form.code, &form.letter_code) {
        (Some(_), Some(_)) => Err(at(
            "/letter_code",
            say(
                "กรุณากรอกรหัสจากอีเมลหรือรหัสจากหนังสือราชการเพียงอย่างเดียว",
                "Give the code from the e-mail or the code of the letter, not both.",
            ),
        )),
        (None, Some(letter)) => {
            LetterCode::parse(letter).map(Typed::Letter).map_err(|say| at("/letter_code", say))
        }
        (mailed, None) => {
            code::parse(mailed.as_deref().unwrap_or("")).map(Typed::Mailed).map_err(|say| at("/code", say))
        }
    }
}

fn expired() -> ApiError {
    ApiError::gone(
        "claim-expired",
        say(
            "การลงทะเบียนนี้หมดอายุ ลองครบจำนวนครั้งแล้ว หรือเปิดจากเบราว์เซอร์อื่น ให้ลงทะเบียนใหม่อีกครั้ง",
            "This registration has expired, was tried too often, or belongs to another browser. Register again.",
        ),
    )
}
