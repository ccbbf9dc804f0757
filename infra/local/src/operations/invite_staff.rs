//! Inviting staff from the command line: the first officer of the centre, who then invites the others.

use palad_accounts::OperatorDesk;
use palad_domain::email::Email;
use palad_domain::fields::FieldErrors;
use palad_domain::staff::{Invitation, StaffPlace};
use palad_environment::{Clock, Random, Variables};

/// Who is to be invited, as typed.
#[derive(Clone, Debug)]
pub struct Invitee<'a> {
    /// central, province or district.
    pub role: &'a str,
    /// The province's code.
    pub province: Option<&'a str>,
    /// The district's name, as agencies bear it.
    pub district: Option<&'a str>,
    /// The address.
    pub email: &'a str,
}

/// Invites by mail. The link is in the mail alone; nothing secret comes back.
///
/// # Errors
/// Why nobody was invited, in one sentence.
pub async fn invite_staff(
    variables: &Variables,
    clock: Clock,
    random: Random,
    invitee: &Invitee<'_>,
) -> Result<Invitation, String> {
    let email: Email = invitee.email.parse().map_err(|say: palad_domain::say::Say| say.en.into_owned())?;
    let place =
        StaffPlace::parse(invitee.role, invitee.province, invitee.district).map_err(|e| joined(&e))?;
    let desk = OperatorDesk::from_environment(variables, clock, random).map_err(|error| error.to_string())?;
    desk.invite(email, place).await.map_err(|error| error.to_string())
}

fn joined(errors: &FieldErrors) -> String {
    let named =
        errors.iter().map(|error| format!("{}: {}", error.pointer.trim_start_matches('/'), error.say.en));
    named.collect::<Vec<_>>().join(" ")
}
