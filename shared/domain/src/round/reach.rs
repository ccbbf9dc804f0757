//! Whether an agency can be written to, and where: its account's address, or else its own mailbox on the official
//! list. One whose mail comes back from everywhere is *unreachable*, which is not *unwilling*.

use super::link::Mailbox;
use crate::email::Email;

/// How an agency can be reached by mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether it has an account.
    pub has_account: bool,
    /// Where to write to, if there is such a place.
    pub to: Option<Mailbox>,
    /// Whether there are addresses, and mail reaches none of them.
    pub is_unreachable: bool,
}

impl Reach {
    /// From its addresses; `is_dead` says of one whether mail to it comes back, or is not wanted.
    #[must_use]
    pub fn of(account: Option<&Email>, official: Option<&Email>, is_dead: impl Fn(&Email) -> bool) -> Self {
        let has_account = account.is_some();
        let has_address = has_account || official.is_some();
        let is_alive = |email: &&Email| !is_dead(email);
        let own = account.filter(is_alive).cloned().map(Mailbox::Account);
        let to = own.or_else(|| official.filter(is_alive).cloned().map(Mailbox::Official));
        let is_unreachable = to.is_none() && has_address;
        Self { has_account, to, is_unreachable }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_unreachable_when_mail_comes_back_from_everywhere() {
        let (own, official): (Email, Email) = (
            "own@phrae.test".parse().expect("an address"),
            "saraban@phrae.test".parse().expect("an address"),
        );
        let reach = |account: bool, listed: bool, dead: &[&Email]| {
            Reach::of(account.then_some(&own), listed.then_some(&official), |email| dead.contains(&email))
        };
        assert_eq!(reach(true, true, &[]).to, Some(Mailbox::Account(own.clone())));
        assert_eq!(reach(true, true, &[&own]).to, Some(Mailbox::Official(official.clone())));
        assert_eq!(reach(false, true, &[]).to, Some(Mailbox::Official(official.clone())));
        let gone = reach(true, true, &[&own, &official]);
        assert!(gone.is_unreachable && gone.to.is_none() && gone.has_account);
        assert!(
            reach(true, false, &[&own]).is_unreachable && reach(false, true, &[&official]).is_unreachable
        );
        let nowhere = reach(false, false, &[]);
        assert!(!nowhere.is_unreachable && nowhere.to.is_none(), "nothing is known of it");
    }
}
