//! What is put into the mail queue: what happened, not how the letter reads.

use serde::{Deserialize, Serialize};

use crate::agency::AgencyView;
use crate::email::Email;

/// One order for the function that sends mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailOrder {
    /// Sent at most once for each key.
    pub key: String,
    /// What happened.
    pub occasion: Occasion,
}

/// Why mail is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "occasion", rename_all = "snake_case")]
pub enum Occasion {
    /// Nothing is sent. Ordered where mail would give away whether there is an account, so that
    /// both cases take the same calls and the same time.
    Nothing,
    /// The code that proves the address of a registration.
    RegistrationCode {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// Eight digits.
        code: String,
    },
    /// The code for a sign-in from a new device.
    SignInCode {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// Eight digits.
        code: String,
    },
    /// Somebody tried a wrong number from a new device. At most one a day, with the way back in.
    WrongNumber {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
    },
    /// The link for a new password.
    PasswordReset {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
    },
    /// The password was changed.
    PasswordChanged {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
    },
    /// The account was opened.
    AccountOpened {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
    },
}
