//! Files that belong to a round: the letter itself, the manual. PDF alone, as anybody may read it.

use serde::{Deserialize, Serialize};

use super::state::{Round, RoundState, Unfit};
use super::words::line;
use crate::fields::FieldErrors;
use crate::photo::parse_sha256;
use crate::record::ClerkId;
use crate::say::{Say, say};

/// The longest file, in bytes.
pub const ATTACHMENT_BYTES_MAX: u64 = 10 * MEGABYTE;
/// The most files of a round.
pub const ATTACHMENTS_MAX: usize = 10;
/// The longest name of a file.
pub const ATTACHMENT_NAME_MAX: usize = 120;
/// The media type of every file.
pub const PDF: &str = "application/pdf";

const MEGABYTE: u64 = 1024 * 1024;
/// How every PDF begins.
const BEGINNING: &[u8] = b"%PDF-";
/// How every PDF ends, before a few bytes that programs leave behind.
const END: &[u8] = b"%%EOF";
/// How far from the end that may stand.
const END_WITHIN: usize = 2048;

/// The name of a file: 128 random bits, so that nobody finds it by guessing. A file never changes under its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AttachmentId(String);

impl AttachmentId {
    /// A name made by a random source.
    #[must_use]
    pub fn of_random(id: String) -> Self {
        Self(id)
    }

    /// A name from an address, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        ClerkId::parse(text).map(|id| Self(id.as_str().to_owned()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's path on the site.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/files/{}.pdf", self.0)
    }
}

/// A file of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name in addresses.
    pub id: AttachmentId,
    /// What people call it.
    pub name: String,
    /// In bytes.
    pub length: u64,
}

/// A file on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentView<'a> {
    id: &'a AttachmentId,
    name: &'a str,
    length: u64,
    url: String,
}

impl Attachment {
    /// The file with its path on the site.
    #[must_use]
    pub fn view(&self) -> AttachmentView<'_> {
        AttachmentView { id: &self.id, name: &self.name, length: self.length, url: self.id.path() }
    }
}

/// What the office wants to attach; nothing is checked yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentInput {
    /// What people call it.
    pub name: Option<String>,
    /// In bytes.
    pub length: Option<u64>,
    /// Of the bytes, in base64.
    pub sha256: Option<String>,
}

/// A file exactly as it will have to arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// What people call it.
    pub name: String,
    /// In bytes.
    pub length: u64,
    /// SHA-256 of the bytes, in base64.
    pub sha256: String,
}

impl Expected {
    /// Checks what the office wants to attach.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn parse(input: &AttachmentInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.keep("/name", line(input.name.as_deref(), ATTACHMENT_NAME_MAX));
        let length = errors.keep("/length", parse_length(input.length));
        let sha256 = errors.keep("/sha256", parse_sha256(input.sha256.as_deref().unwrap_or_default()));
        match (name, length, sha256) {
            (Some(name), Some(length), Some(sha256)) => Ok(Self { name, length, sha256 }),
            _ => Err(errors),
        }
    }
}

fn parse_length(length: Option<u64>) -> Result<u64, Say> {
    match length {
        Some(length) if length > ATTACHMENT_BYTES_MAX => {
            let (megabytes, most) = (length.div_ceil(MEGABYTE), ATTACHMENT_BYTES_MAX / MEGABYTE);
            Err(say(
                format!(
                    "ไฟล์ใหญ่เกินไป ({megabytes} MB) แนบได้ไม่เกิน {most} MB ให้สแกนใหม่ด้วยความละเอียดต่ำลง หรือแบ่งเป็นหลายไฟล์"
                ),
                format!(
                    "The file is too large ({megabytes} MB): {most} MB at most. Scan it again more coarsely, or divide it."
                ),
            ))
        }
        Some(length) if length > 0 => Ok(length),
        _ => Err(say("ไฟล์ว่างเปล่า ให้เลือกไฟล์ใหม่", "The file is empty. Choose another.")),
    }
}

/// Whether a file is a PDF and whole: as far as can be told without opening it.
#[must_use]
pub fn is_pdf(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    bytes.starts_with(BEGINNING) && tail.windows(END.len()).any(|window| window == END)
}

/// Why a file that has arrived is not taken.
#[must_use]
pub fn not_a_pdf() -> FieldErrors {
    let words = say(
        "ไฟล์นี้ไม่ใช่ PDF หรือไม่สมบูรณ์ ให้บันทึกเป็น PDF แล้วแนบใหม่",
        "This file is no PDF, or not a whole one. Save it as a PDF and attach that.",
    );
    FieldErrors::one("/file", words)
}

impl Round {
    /// Whether another file may be attached.
    ///
    /// # Errors
    /// Why not.
    pub fn may_attach(&self) -> Result<(), Unfit> {
        self.may_change_files()?;
        if self.attachments.len() < ATTACHMENTS_MAX {
            return Ok(());
        }
        let full = say(
            format!("แนบได้ไม่เกิน {ATTACHMENTS_MAX} ไฟล์ ให้ลบไฟล์ที่ไม่ใช้ก่อน"),
            format!("At most {ATTACHMENTS_MAX} files: remove one first."),
        );
        Err(Unfit::Fields(FieldErrors::one("/name", full)))
    }

    /// The round with a file more.
    ///
    /// # Errors
    /// Why not.
    pub fn attached(&self, attachment: Attachment) -> Result<Self, Unfit> {
        self.may_attach()?;
        let mut round = self.changed();
        round.attachments.push(attachment);
        Ok(round)
    }

    /// The round without a file; none where it has no such file.
    ///
    /// # Errors
    /// Why not.
    pub fn detached(&self, id: &AttachmentId) -> Result<Option<Self>, Unfit> {
        self.may_change_files()?;
        if self.attachment(id).is_none() {
            return Ok(None);
        }
        let mut round = self.changed();
        round.attachments.retain(|attachment| attachment.id != *id);
        Ok(Some(round))
    }

    /// The file of this name.
    #[must_use]
    pub fn attachment(&self, id: &AttachmentId) -> Option<&Attachment> {
        self.attachments.iter().find(|attachment| attachment.id == *id)
    }

    /// A round that is over does not change, but one of the past is entered when it is over.
    fn may_change_files(&self) -> Result<(), Unfit> {
        match self.state {
            RoundState::Draft | RoundState::Open => Ok(()),
            RoundState::Closed if self.history => Ok(()),
            RoundState::Opening => Err(Unfit::Opening),
            RoundState::Closed => Err(Unfit::Closed),
        }
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;
    use jiff::Timestamp;
    use serde_json::json;

    use super::*;
    use crate::round::terms::{Terms, TermsInput};

    fn file(at: usize) -> Attachment {
        Attachment {
            id: AttachmentId::of_random(format!("{at:022}")), name: "หนังสือ.pdf".into(), length: 7
        }
    }

    fn draft() -> Round {
        let input: TermsInput = serde_json::from_value(json!({
            "title": "สำรวจ", "dates": { "opens": "2026-11-01", "deadline": "2026-11-30", "closes": "2026-12-15" },
        }))
        .expect("an input");
        let terms = Terms::parse(&input).expect("terms");
        Round::draft("2569-1".parse().expect("a name"), terms, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn only_an_exact_file_of_a_bounded_length_is_expected() {
        let sha256 = BASE64.encode(&[7; 32]);
        let input = |name: &str, length, sha: &str| AttachmentInput {
            name: Some(name.into()),
            length: Some(length),
            sha256: Some(sha.into()),
        };
        let expected = Expected::parse(&input(" หนังสือ  ว ๑๒๓.pdf ", ATTACHMENT_BYTES_MAX, &sha256));
        assert_eq!(expected.expect("right").name, "หนังสือ ว 123.pdf");
        let errors = Expected::parse(&input("", 30 * MEGABYTE, "x")).expect_err("all wrong");
        let pointers: Vec<&str> = errors.iter().map(|error| error.pointer.as_str()).collect();
        assert_eq!(pointers, ["/name", "/length", "/sha256"]);
        let words = &errors.iter().nth(1).expect("the length").say;
        assert!(words.th.contains("30 MB") && words.en.contains("10 MB at most"), "{words:?}");
        assert!(Expected::parse(&AttachmentInput::default()).is_err());
        assert!(Expected::parse(&input("ก\n", 0, &sha256)).is_err());
    }

    #[test]
    fn a_pdf_is_told_by_its_beginning_and_its_end() {
        let whole = b"%PDF-1.7\n...\n%%EOF\n".to_vec();
        assert!(is_pdf(&whole) && is_pdf(&[whole.clone(), vec![0; 100]].concat()));
        assert!(!is_pdf(&whole[..12]), "it broke off");
        assert!(!is_pdf(&[b"<html>".to_vec(), whole.clone()].concat()));
        assert!(!is_pdf(&[whole, vec![0; END_WITHIN]].concat()) && !is_pdf(b"") && !is_pdf(b"PK\x03\x04"));
    }

    #[test]
    fn files_come_and_go_while_the_round_may_change() {
        let one = draft().attached(file(1)).expect("attached");
        assert_eq!((one.attachments.len(), one.version), (1, draft().version.next()));
        assert_eq!(one.detached(&file(1).id).expect("may").expect("there").attachments, []);
        assert_eq!(one.detached(&file(2).id), Ok(None));
        assert_eq!(one.may_be_deleted(), Err(Unfit::Attached), "its files would be left behind");

        let full = (0..ATTACHMENTS_MAX)
            .try_fold(draft(), |round, at| round.attached(file(at)))
            .expect("as many as there may be");
        assert!(matches!(full.attached(file(99)), Err(Unfit::Fields(_))));

        for (state, may) in [
            (RoundState::Draft, true),
            (RoundState::Opening, false),
            (RoundState::Open, true),
            (RoundState::Closed, false),
        ] {
            let round = Round { state, ..one.clone() };
            assert_eq!(round.attached(file(2)).is_ok(), may, "{state:?}");
            assert_eq!(round.detached(&file(1).id).is_ok(), may, "{state:?}");
        }
        let past = Round { state: RoundState::Closed, history: true, ..one };
        assert!(past.attached(file(2)).is_ok(), "the letter of a round of the past is entered too");
    }

    #[test]
    fn a_round_that_was_stored_before_there_were_files_has_none() {
        let mut stored = serde_json::to_value(draft()).expect("JSON");
        stored.as_object_mut().expect("an object").remove("attachments");
        assert_eq!(serde_json::from_value::<Round>(stored).expect("a round").attachments, []);
        let view = serde_json::to_value(file(1).view()).expect("JSON");
        let url = "/files/0000000000000000000001.pdf";
        assert_eq!(view, json!({ "id": file(1).id, "name": "หนังสือ.pdf", "length": 7, "url": url }));
    }
}
