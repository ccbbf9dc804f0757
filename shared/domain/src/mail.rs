//! What is put into the mail queue: what happened, not how the letter reads.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::agency::AgencyView;
use crate::audit::SuspensionReason;
use crate::claim::RefusalReason;
use crate::email::Email;
use crate::round::reminder::{Digest, Reminder};
use crate::staff::StaffPlace;

/// One order for the function that sends mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailOrder {
    /// Sent at most once for each key.
    pub key: String,
    /// What happened.
    pub occasion: Occasion,
}

/// What an officer is told of the own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum StaffNotice {
    /// It was opened, by accepting an invitation.
    Opened,
    /// Passphrase, app and recovery codes were set anew, by accepting an invitation.
    Renewed,
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed {
        /// How many are left.
        left: usize,
    },
    /// Somebody tried to sign in to it and was refused; told once a day.
    WrongSignIn,
    /// It may not sign in any more.
    Suspended,
    /// It may sign in again.
    SuspensionLifted,
}

/// What an agency is told of its account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum AccountNotice {
    /// To the present address: a change to another one was begun.
    EmailChangeBegun {
        /// Enough of the new address to recognise it.
        by: String,
    },
    /// To the new address: it is the account's.
    EmailChanged,
    /// To the address that the account had for a while: it has it no more.
    EmailChangeUndone,
    /// To the present owner: the account was offered to a successor.
    HandOverBegun {
        /// Enough of the successor's address to recognise it.
        by: String,
    },
    /// To the owner until now: the successor has accepted.
    HandedOver {
        /// Enough of the successor's address to recognise it.
        by: String,
    },
    /// To the successor: the account is theirs.
    HandOverAccepted,
    /// Somebody proved that the agency is theirs while an office has suspended its account: it cannot be used yet.
    OpenedSuspended,
    /// An office suspended the account.
    Suspended {
        /// Why.
        reason: SuspensionReason,
    },
    /// The suspension was lifted.
    Unsuspended,
}

/// Why mail is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "occasion", rename_all = "snake_case")]
pub enum Occasion {
    /// Nothing is sent. Ordered where mail would give away whether there is an account, so that
    /// both cases take the same calls and the same time.
    Nothing,
    /// An agency owes an answer in a round. It is looked at again before it is sent.
    Reminder(Box<Reminder>),
    /// Agencies of a province owe answers in a round. It is looked at again before it is sent.
    Digest(Box<Digest>),
    /// Somebody is to become staff, or to set a staff account up anew.
    StaffInvited {
        /// To whom.
        to: Email,
        /// Where the officer will belong.
        place: StaffPlace,
        /// The token of the link.
        token: String,
    },
    /// Something happened to a staff account that its officer must know.
    StaffNotice {
        /// To whom.
        to: Email,
        /// Where the officer belongs.
        place: StaffPlace,
        /// What happened.
        notice: StaffNotice,
    },
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
    /// To who proved an agency whose account belongs to another address: the link that completes the take-over.
    TakeOverBegun {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
        /// From when on it can be completed.
        from: Timestamp,
    },
    /// To the present owner of that account: the link to object.
    TakeOverNotice {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// Enough of the other address to recognise it.
        by: String,
        /// The token of the link.
        token: String,
        /// From when on it can be completed.
        from: Timestamp,
    },
    /// To who wants to take over: the owner objected, and the province decides.
    TakeOverDisputed {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
    },
    /// To the address that had the account: it has it no more.
    AccountTakenOver {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
    },
    /// To the new address of an account: the link that confirms it.
    EmailChangeLink {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
    },
    /// To the old address of an account: it was changed, with the link that undoes it.
    EmailChangedAway {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// Enough of the new address to recognise it.
        by: String,
        /// The token of the link.
        token: String,
    },
    /// To the old address, which is the account's again: the link for a new password.
    EmailRestored {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
    },
    /// To a successor: the link that accepts the account.
    HandOverOffer {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
    },
    /// The link for a new password, which an office had sent.
    OfficeReset {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// The token of the link.
        token: String,
    },
    /// Something happened to an account that its owner must know.
    AccountNotice {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// What happened.
        notice: AccountNotice,
    },
    /// To who claimed: an office refused.
    ClaimRefused {
        /// To whom.
        to: Email,
        /// For which agency.
        agency: AgencyView,
        /// Why.
        reason: RefusalReason,
    },
}
