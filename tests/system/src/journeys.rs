//! What people do again and again: register, and sign in.

use serde_json::{Value, json};

use crate::{Answer, Browser, House, Listed, Mailbox};

/// A number that is not weak.
pub const PASSWORD: &str = "83920471";

/// A registration that was begun, and the code that was mailed for it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The claim.
    pub claim: String,
    /// The code.
    pub code: String,
}

/// A browser that is signed in.
pub struct SignedIn {
    /// The browser.
    pub browser: Browser,
    /// The agency's code.
    pub code: &'static str,
}

impl Browser {
    /// Registers an agency.
    pub async fn register(&self, agency: &str, email: &str, password: &str) -> Answer {
        let body = json!({ "agency": agency, "email": email, "password": password });
        self.post("/api/registrations", &body).await
    }

    /// Gives the code of a registration.
    pub async fn prove(&self, claim: &str, code: &str) -> Answer {
        self.post(&format!("/api/registrations/{claim}/proof"), &json!({ "code": code })).await
    }

    /// Signs in by password.
    pub async fn sign_in(&self, agency: &str, password: &str) -> Answer {
        self.post("/api/session", &json!({ "agency": agency, "password": password })).await
    }

    /// Gives the code of a sign-in.
    pub async fn give_code(&self, challenge: &str, code: &str) -> Answer {
        self.post("/api/session/code", &json!({ "challenge": challenge, "code": code })).await
    }
}

impl Mailbox {
    /// Registers an agency and waits for its code.
    pub async fn begin(&self, browser: &Browser, agency: &str, email: &str, password: &str) -> Proof {
        let begun = browser.register(agency, email, password).await.expect(202);
        let claim = begun.json()["claim"].as_str().unwrap_or_default().to_owned();
        Proof { claim, code: self.next_about(email, "ลงทะเบียน").await.code() }
    }

    /// Registers an agency from its own mailbox and signs in.
    pub async fn sign_up(&self, browser: Browser, agency: Listed) -> SignedIn {
        let proof = self.begin(&browser, agency.code, agency.email, PASSWORD).await;
        let proved = browser.prove(&proof.claim, &proof.code).await.expect(200);
        assert_eq!(proved.json(), json!({ "state": "active" }));
        let _ = browser.sign_in(agency.code, PASSWORD).await.expect(201);
        SignedIn { browser, code: agency.code }
    }
}

impl House {
    /// Registers an agency from its own mailbox and signs in.
    pub async fn sign_up(&self, agency: Listed) -> SignedIn {
        self.mailbox.sign_up(self.browser(), agency).await
    }
}

impl SignedIn {
    /// The path of the agency's records.
    #[must_use]
    pub fn clerks(&self) -> String {
        format!("/api/agencies/{}/clerks", self.code)
    }

    /// The personnel screen.
    pub async fn screen(&self) -> Answer {
        self.browser.get(&self.clerks()).await.expect(200)
    }

    /// The version at which the record stands.
    ///
    /// # Panics
    /// When the answer names none.
    pub async fn version(&self) -> u64 {
        self.screen().await.version().expect("a version")
    }

    /// Adds a record.
    pub async fn add(&self, key: &str, post: &Value) -> Answer {
        self.browser.call("POST", &self.clerks()).key(key).json(&json!({ "post": post })).send().await
    }

    /// Edits a record that was read at `version`.
    pub async fn edit(&self, id: &str, version: u64, post: &Value) -> Answer {
        let path = format!("{}/{id}", self.clerks());
        self.browser.call("PUT", &path).if_match(version).json(&json!({ "post": post })).send().await
    }

    /// Deletes a record that was read at `version`.
    pub async fn delete(&self, id: &str, version: u64) -> Answer {
        self.browser.call("DELETE", &format!("{}/{id}", self.clerks())).if_match(version).send().await
    }

    /// Undoes a deletion.
    pub async fn restore(&self, id: &str) -> Answer {
        self.browser.call("POST", &format!("{}/{id}/restoration", self.clerks())).send().await
    }

    /// The whole history, the latest first, page by page to its end.
    pub async fn history(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        let mut path = self.clerks();
        loop {
            let page = self.browser.get(&path).await.expect(200).json();
            lines.extend(page["history"].as_array().cloned().unwrap_or_default());
            match page["next"].as_str() {
                Some(cursor) => path = format!("{}?cursor={cursor}", self.clerks()),
                None => return lines,
            }
        }
    }

    /// Checks that the history counts from the version that stands down to 1.
    ///
    /// # Panics
    /// When there is a gap.
    pub async fn assert_no_gaps(&self) {
        let version = self.version().await;
        let versions: Vec<u64> =
            self.history().await.iter().map(|line| line["version"].as_u64().unwrap_or_default()).collect();
        assert_eq!(versions, (1..=version).rev().collect::<Vec<_>>(), "history of {}", self.code);
    }
}
