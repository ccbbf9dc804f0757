//! Finding what was tampered with.
//!
//! The verifier is fed the stored lines in the order of their numbers, page by page, and at last the head.
//! It goes on after a fault, so that one look names all of them.

use std::fmt;

use super::chain::{Chain, Digest, Head, Line, LineHash};
use crate::record::Version;

/// A line as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The number it is stored under.
    pub number: u64,
    /// The line as JSON text.
    pub text: String,
    /// The hash stored with it.
    pub hash: LineHash,
}

/// What is wrong, and at which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The line is not what was sealed.
    Changed {
        /// Its number.
        number: u64,
    },
    /// The line was sealed for another place or another chain.
    Misplaced {
        /// The number under which it stands.
        number: u64,
    },
    /// The line does not follow the one before it: one of the two is not what was sealed there.
    Unlinked {
        /// Its number.
        number: u64,
    },
    /// There are no such lines.
    Missing {
        /// The first number that is missing.
        number: u64,
        /// The last one in a row.
        last: u64,
    },
    /// The chain's head does not know of the lines.
    Added {
        /// The first number that is too much.
        number: u64,
        /// The last one in a row.
        last: u64,
    },
    /// The head does not end at the last line.
    Head {
        /// How many lines it counts.
        number: u64,
    },
    /// Something stands among the lines that is none.
    Stray,
    /// The record was changed without a line, or a line names a change of the record that never was.
    Record {
        /// The version of the record.
        version: Version,
    },
}

impl fmt::Display for Fault {
    /// For the operator who asked, in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { number } => write!(f, "line {number}: changed"),
            Self::Misplaced { number } => write!(f, "line {number}: moved here from another place"),
            Self::Unlinked { number } => write!(f, "line {number}: does not follow the line before it"),
            Self::Missing { number, last } if number == last => write!(f, "line {number}: removed"),
            Self::Missing { number, last } => write!(f, "lines {number} to {last}: removed"),
            Self::Added { number, last } if number == last => write!(f, "line {number}: added"),
            Self::Added { number, last } => write!(f, "lines {number} to {last}: added"),
            Self::Head { number } => write!(f, "line {number}: the chain's head is not its hash"),
            Self::Stray => f.write_str("among the lines: something that is no line was added"),
            Self::Record { version } => {
                write!(f, "record version {version}: the record and the lines about it do not agree")
            }
        }
    }
}

/// Looks through one chain.
#[derive(Clone, Debug)]
pub struct Verifier {
    chain: Chain,
    digest: Digest,
    /// The number and the hash of the line before.
    last: Head,
    /// Whether the line before is known not to be what was sealed: the next one need not follow it.
    after_fault: bool,
    /// The record's version as the lines tell it; none while a line is missing that may have told it.
    record: Option<Version>,
    faults: Vec<Fault>,
}

impl Verifier {
    /// Begins. `record` is the version at which the chain took over the record's history: 0, but for
    /// agencies whose first changes were noted before there was a chain. Staff have no record: it stays 0.
    #[must_use]
    pub fn new(chain: Chain, record: Version, digest: Digest) -> Self {
        Self {
            chain,
            digest,
            last: Head::default(),
            after_fault: false,
            record: Some(record),
            faults: Vec::new(),
        }
    }

    /// Takes the next line.
    pub fn take(&mut self, stored: &Stored) {
        let expected = self.last.count + 1;
        if expected < stored.number {
            self.fault(Fault::Missing { number: expected, last: stored.number - 1 });
        }
        match self.read(stored) {
            Err(fault) => self.fault(fault),
            Ok(line) => {
                if !self.after_fault && line.previous != self.last.hash {
                    self.faults.push(Fault::Unlinked { number: stored.number });
                }
                self.after_fault = false;
                if let Some(version) = line.event.record_version() {
                    self.take_version(version);
                }
            }
        }
        self.last = Head { count: stored.number, hash: stored.hash.clone() };
    }

    /// Notes that something stands among the lines that is none.
    pub fn stray(&mut self) {
        self.faults.push(Fault::Stray);
    }

    /// Ends: `head` is the chain's, `record` the version at which the record stands.
    #[must_use]
    pub fn finish(mut self, head: &Head, record: Version) -> Vec<Fault> {
        let last = self.last.count;
        if last < head.count {
            self.fault(Fault::Missing { number: last + 1, last: head.count });
        } else if last > head.count {
            self.fault(Fault::Added { number: head.count + 1, last });
        } else if self.last.hash != head.hash && !self.after_fault {
            self.fault(Fault::Head { number: head.count });
        }
        if self.record.is_some_and(|version| version != record) {
            self.faults.push(Fault::Record { version: record });
        }
        self.faults
    }

    /// The line, if it is what was sealed for this place.
    fn read(&self, stored: &Stored) -> Result<Line, Fault> {
        let number = stored.number;
        if LineHash::of(&stored.text, self.digest) != stored.hash {
            return Err(Fault::Changed { number });
        }
        let line: Line = serde_json::from_str(&stored.text).map_err(|_| Fault::Changed { number })?;
        let is_here = line.chain == self.chain && line.number == number;
        if is_here { Ok(line) } else { Err(Fault::Misplaced { number }) }
    }

    /// Notes a fault. What follows it is taken as it comes, so that one fault is told once.
    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
        self.after_fault = true;
        self.record = None;
    }

    fn take_version(&mut self, version: Version) {
        if self.record.is_some_and(|before| before.next() != version) {
            self.faults.push(Fault::Record { version });
        }
        self.record = Some(version);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::agency::AgencyCode;
    use crate::audit::{Event, Proof};
    use crate::record::{Action, Office};

    fn sha256(bytes: &[u8]) -> [u8; 32] {
        let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
        digest.as_ref().try_into().expect("32 bytes")
    }

    fn agency() -> AgencyCode {
        "549900".parse().expect("a code")
    }

    fn events() -> Vec<Event> {
        let record = |action, version| Event::of_record(action, Version(version));
        vec![
            Event::AccountOpened { proof: Proof::Mailbox },
            record(Action::Created, 1),
            Event::NewDevice,
            record(Action::Edited, 2),
            record(Action::Deleted, 3),
            Event::SignedOutEverywhere,
            record(Action::Restored, 4),
        ]
    }

    fn chain_of(agency: &AgencyCode, events: &[Event]) -> (Vec<Stored>, Head) {
        let mut head = Head::default();
        let mut lines = Vec::new();
        for event in events {
            let line = Line {
                chain: agency.into(),
                about: None,
                export: None,
                number: head.count + 1,
                previous: head.hash,
                at: Timestamp::UNIX_EPOCH,
                office: Some(Office::Agency),
                staff: None,
                event: *event,
                request_id: format!("request-{}", head.count),
            };
            let sealed = line.seal(sha256).expect("a line");
            head = Head { count: line.number, hash: sealed.hash.clone() };
            lines.push(Stored { number: line.number, text: sealed.text, hash: sealed.hash });
        }
        (lines, head)
    }

    fn faults(lines: &[Stored], head: &Head, record: u64) -> Vec<Fault> {
        let mut verifier = Verifier::new((&agency()).into(), Version(0), sha256);
        lines.iter().for_each(|line| verifier.take(line));
        verifier.finish(head, Version(record))
    }

    /// Stores the line's text anew under a hash that is right for it.
    fn resealed(line: &Stored, change: impl FnOnce(&mut Line)) -> Stored {
        let mut inner: Line = serde_json::from_str(&line.text).expect("a line");
        change(&mut inner);
        let sealed = inner.seal(sha256).expect("a line");
        Stored { number: line.number, text: sealed.text, hash: sealed.hash }
    }

    #[test]
    fn a_chain_as_it_was_written_has_no_fault() {
        let (lines, head) = chain_of(&agency(), &events());
        assert_eq!(faults(&lines, &head, 4), []);
        assert_eq!(faults(&[], &Head::default(), 0), []);
    }

    #[test]
    fn a_line_keeps_its_stored_form() {
        let (lines, _) = chain_of(&agency(), &events()[..1]);
        assert_eq!(
            lines[0].text,
            r#"{"agency":"549900","number":1,"previous":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","at":"1970-01-01T00:00:00Z","office":"agency","staff":null,"event":{"event":"account_opened","proof":"mailbox"},"request_id":"request-0"}"#
        );
    }

    #[test]
    fn every_changed_byte_is_found() {
        let (lines, head) = chain_of(&agency(), &events());
        for (place, line) in lines.iter().enumerate() {
            for at in 0..line.text.len() {
                let mut changed = lines.clone();
                let mut bytes = line.text.clone().into_bytes();
                bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
                changed[place].text = String::from_utf8(bytes).expect("ASCII");
                assert_eq!(faults(&changed, &head, 4), [Fault::Changed { number: line.number }], "byte {at}");
            }
        }
    }

    #[test]
    fn a_changed_line_under_a_hash_that_fits_it_is_found() {
        let (lines, head) = chain_of(&agency(), &events());
        for place in 0..lines.len() {
            let mut changed = lines.clone();
            changed[place] = resealed(&lines[place], |line| line.office = Some(Office::Central));
            let number = lines[place].number;
            let fault = if number == head.count {
                Fault::Head { number }
            } else {
                Fault::Unlinked { number: number + 1 }
            };
            assert_eq!(faults(&changed, &head, 4), [fault]);
        }
    }

    #[test]
    fn every_removed_line_is_found_also_the_last() {
        let (lines, head) = chain_of(&agency(), &events());
        for place in 0..lines.len() {
            let mut fewer = lines.clone();
            let number = fewer.remove(place).number;
            assert_eq!(faults(&fewer, &head, 4), [Fault::Missing { number, last: number }]);
        }
        assert_eq!(faults(&[], &head, 4), [Fault::Missing { number: 1, last: 7 }]);
        assert_eq!(faults(&lines, &Head::default(), 4), [Fault::Added { number: 1, last: 7 }]);
    }

    #[test]
    fn a_last_line_that_is_removed_with_its_head_is_found_by_the_record() {
        let (lines, _) = chain_of(&agency(), &events());
        let (fewer, head) = chain_of(&agency(), &events()[..6]);
        assert_eq!(fewer, lines[..6]);
        assert_eq!(faults(&fewer, &head, 4), [Fault::Record { version: Version(4) }]);
        assert_eq!(faults(&[], &Head::default(), 4), [Fault::Record { version: Version(4) }]);
    }

    #[test]
    fn added_lines_are_found() {
        let (lines, head) = chain_of(&agency(), &events());
        let mut more = events();
        more.push(Event::PasswordReset);
        let (longer, _) = chain_of(&agency(), &more);
        assert_eq!(faults(&longer, &head, 4), [Fault::Added { number: 8, last: 8 }]);

        let mut far = lines.clone();
        far.push(Stored { number: 9_999_999_999, ..lines[0].clone() });
        let found = faults(&far, &head, 4);
        assert!(found.contains(&Fault::Added { number: 8, last: 9_999_999_999 }), "{found:?}");
    }

    #[test]
    fn lines_that_changed_places_are_found_and_so_are_those_of_another_agency() {
        let (lines, head) = chain_of(&agency(), &events());
        for one in 0..lines.len() {
            for other in 0..one {
                let mut moved = lines.clone();
                moved[one] = Stored { number: lines[one].number, ..lines[other].clone() };
                moved[other] = Stored { number: lines[other].number, ..lines[one].clone() };
                let expected: Vec<_> =
                    [other, one].map(|place| Fault::Misplaced { number: lines[place].number }).into();
                assert_eq!(faults(&moved, &head, 4), expected);
                // Renumbered to fit their new places, they still do not follow.
                for place in [one, other] {
                    let number = lines[place].number;
                    moved[place] = resealed(&moved[place], |line| line.number = number);
                }
                assert!(!faults(&moved, &head, 4).is_empty());
            }
        }
        let (foreign, _) = chain_of(&"540101".parse().expect("a code"), &events());
        assert!(!faults(&foreign, &head, 4).is_empty());
    }

    #[test]
    fn a_line_about_a_change_that_never_was_is_found() {
        let mut more = events();
        more.push(Event::of_record(Action::Edited, Version(6)));
        let (lines, head) = chain_of(&agency(), &more);
        assert_eq!(faults(&lines, &head, 6), [Fault::Record { version: Version(6) }]);
        let (lines, head) = chain_of(&agency(), &events());
        assert_eq!(faults(&lines, &head, 5), [Fault::Record { version: Version(5) }]);
    }

    /// Whatever is done to the stored lines, one thing or a few, is found: twenty thousand random mutations.
    #[test]
    fn random_mutations_are_found() {
        let (lines, head) = chain_of(&agency(), &events());
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = move |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).expect("a small number")
        };
        for _ in 0..20_000 {
            let mut mutant = lines.clone();
            for _ in 0..=random(3) {
                let place = random(mutant.len());
                match random(5) {
                    0 => drop(mutant.remove(place)),
                    1 => {
                        let number = mutant[place].number;
                        let source = mutant[random(mutant.len())].clone();
                        mutant[place] = Stored { number, ..source };
                    }
                    2 => {
                        let mut copy = mutant[place].clone();
                        copy.number = mutant.last().map_or(0, |line| line.number) + 1;
                        mutant.push(copy);
                    }
                    3 => {
                        let number = mutant[place].number;
                        let source = &lines[random(lines.len())];
                        let forged = resealed(source, |line| line.request_id.push('!'));
                        mutant[place] = Stored { number, ..forged };
                    }
                    _ => {
                        let at = random(mutant[place].text.len());
                        let mut text = mutant[place].text.clone().into_bytes();
                        text[at] = b'0' + u8::try_from(random(10)).expect("a digit");
                        mutant[place].text = String::from_utf8(text).expect("ASCII");
                    }
                }
                if mutant.is_empty() {
                    break;
                }
            }
            let found = faults(&mutant, &head, 4);
            assert_eq!(found.is_empty(), mutant == lines, "{found:?} {mutant:?}");
        }
    }
}
