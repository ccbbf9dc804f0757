//! What staff do: accept an invitation, and sign in with a passphrase and the code of an app.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp};
use palad_domain::staff::StaffPlace;
use palad_environment::Random;
use palad_local::operations::{Invitee, invite_staff};
use serde_json::{Value, json};
use totp_rs::{Builder, Totp};

use crate::{Answer, Browser, House};

/// A passphrase that is not weak.
pub const PASSPHRASE: &str = "แมวสามตัว กินปลาทูทอด";
/// How long a code of an app lasts.
const STEP_SECONDS: u64 = 30;

/// An officer's account, as the officer has it: address, app and the slip with the recovery codes.
pub struct Officer {
    /// The address.
    pub email: String,
    /// The recovery codes.
    pub recovery_codes: Vec<String>,
    app: Totp,
    last_step: AtomicU64,
}

/// A browser in which an officer is signed in.
pub struct SignedInStaff {
    /// The browser.
    pub browser: Browser,
    /// Who it is.
    pub officer: Officer,
}

impl Browser {
    /// The first step of staff's sign-in.
    pub async fn staff_sign_in(&self, email: &str, passphrase: &str) -> Answer {
        self.post("/api/staff/session", &json!({ "email": email, "passphrase": passphrase })).await
    }

    /// The second step.
    pub async fn second_factor(&self, challenge: &str, code: &str) -> Answer {
        self.post("/api/staff/session/totp", &json!({ "challenge": challenge, "code": code })).await
    }

    /// Looks at an invitation.
    pub async fn look_at_invitation(&self, token: &str) -> Answer {
        self.post("/api/staff/invitations/accept", &json!({ "token": token })).await
    }

    /// Accepts an invitation.
    pub async fn accept_invitation(&self, token: &str, code: &str) -> Answer {
        let name = "นางสาวสมศรี ใจดี";
        let body = json!({ "token": token, "name": name, "passphrase": PASSPHRASE, "code": code });
        self.post("/api/staff/invitations/acceptance", &body).await
    }
}

/// The app that reads the secret of an invitation.
///
/// # Panics
/// When there is no secret in it.
#[must_use]
pub fn app(invitation: &Value) -> Totp {
    let secret = invitation["totp"]["secret"].as_str().expect("a secret");
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).expect("base 32");
    let secret: [u8; 20] = secret.try_into().expect("160 bits");
    Builder::new().with_secret(secret).build().expect("an app")
}

/// What an app shows at a time.
#[must_use]
pub fn shown(app: &Totp, at: Timestamp) -> String {
    app.generate(seconds(at)).to_string()
}

fn seconds(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}

impl Officer {
    /// A code that was not used yet. Each works once, so the clock of the house goes on where it must.
    ///
    /// # Panics
    /// When the clock cannot go on.
    pub fn code(&self, house: &House) -> String {
        let now_step = seconds(house.clock().now()) / STEP_SECONDS;
        let step = now_step.max(self.last_step.load(Ordering::Relaxed) + 1);
        if step > now_step + 1 {
            let ahead = i64::try_from((step - now_step - 1) * STEP_SECONDS).expect("a while");
            house.clock().set(house.clock().now() + SignedDuration::from_secs(ahead));
        }
        self.last_step.store(step, Ordering::Relaxed);
        self.app.generate(step * STEP_SECONDS).to_string()
    }

    /// Signs in, in a browser.
    ///
    /// # Panics
    /// When that does not work.
    pub async fn sign_in(&self, house: &House, browser: &Browser) -> Answer {
        let begun = browser.staff_sign_in(&self.email, PASSPHRASE).await.expect(202);
        let challenge = begun.json()["challenge"].as_str().expect("a challenge").to_owned();
        browser.second_factor(&challenge, &self.code(house)).await.expect(201)
    }
}

impl House {
    /// Invites somebody as the operator of the system and answers the token of the mailed link.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn invite_staff(&self, place: &StaffPlace, email: &str) -> String {
        let province = place.province().map(|code| code.as_str());
        let invitee = Invitee { role: place.role(), province, district: place.district(), email };
        let (variables, clock) = (self.variables().await, self.clock().clone());
        invite_staff(&variables, clock, Random::default(), &invitee).await.expect("an invitation");
        self.mailbox.next_about(email, "คำเชิญ").await.token()
    }

    /// Accepts an invitation with a new app.
    ///
    /// # Panics
    /// When it cannot be accepted.
    pub async fn accept_invitation(&self, email: &str, token: &str) -> Officer {
        let browser = self.browser();
        let app = app(&browser.look_at_invitation(token).await.expect(200).json());
        let now = self.clock().now();
        let accepted = browser.accept_invitation(token, &shown(&app, now)).await.expect(201).json();
        let codes = accepted["recovery_codes"].as_array().into_iter().flatten();
        Officer {
            email: email.to_owned(),
            recovery_codes: codes.map(|code| code.as_str().unwrap_or_default().to_owned()).collect(),
            app,
            last_step: AtomicU64::new(seconds(now) / STEP_SECONDS),
        }
    }

    /// An officer of this place, with an address of its own, signed in.
    pub async fn sign_up_staff(&self, place: StaffPlace) -> SignedInStaff {
        static NUMBER: AtomicUsize = AtomicUsize::new(1);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let email = format!("{}{number}@office.test", place.role());
        let token = self.invite_staff(&place, &email).await;
        let officer = self.accept_invitation(&email, &token).await;
        let browser = self.browser();
        let _ = officer.sign_in(self, &browser).await;
        SignedInStaff { browser, officer }
    }

    /// An officer of the central office, signed in.
    pub async fn central(&self) -> SignedInStaff {
        self.sign_up_staff(StaffPlace::Central).await
    }

    /// An officer of a province office, by the province's code, signed in.
    ///
    /// # Panics
    /// When there is no such province.
    pub async fn province(&self, code: &str) -> SignedInStaff {
        self.sign_up_staff(StaffPlace::Province { province: code.parse().expect("a province") }).await
    }

    /// An officer of a district office, signed in.
    ///
    /// # Panics
    /// When there is no such province.
    pub async fn district(&self, province: &str, district: &str) -> SignedInStaff {
        let place = StaffPlace::parse("district", Some(province), Some(district));
        self.sign_up_staff(place.expect("a place")).await
    }
}
