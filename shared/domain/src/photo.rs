//! A clerk's photo, from the permission to upload it to the picture that the public sees.

use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::fields::FieldErrors;
use crate::record::ClerkId;
use crate::say::{Say, say};

/// The longest upload, in bytes. A browser sends a few hundred kilobytes.
pub const PHOTO_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// How long after its permission an upload is waited for: the permission's ten minutes, and the time to make it safe.
pub const UPLOAD_PATIENCE: SignedDuration = SignedDuration::from_mins(15);
/// How many uploads an agency may begin in a day.
pub const UPLOADS_A_DAY: u32 = 40;

/// The name of a photo: 128 random bits, so that nobody finds it by guessing. A photo never changes under
/// its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhotoId(String);

impl PhotoId {
    /// A name made by a random source.
    #[must_use]
    pub fn of_random(id: String) -> Self {
        Self(id)
    }

    /// A name from an address or a form, if it has the form of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        ClerkId::parse(text).map(|id| Self(id.as_str().to_owned()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of the public picture on the site.
    #[must_use]
    pub fn path(&self, size: PhotoSize) -> String {
        format!("/photos/{}/{}.jpg", self.0, size.as_str())
    }
}

/// The two sizes that pages show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoSize {
    /// For the page of one clerk.
    Large,
    /// For lists.
    Small,
}

impl PhotoSize {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Large, Self::Small];

    /// Its word in file names.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Large => "large",
            Self::Small => "small",
        }
    }
}

/// What became of an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PhotoState {
    /// It has not arrived, or is being made safe.
    Processing,
    /// It can be shown.
    Ready,
    /// It cannot be used.
    Refused {
        /// Why, in Thai.
        reason: String,
        /// Why, in English.
        reason_en: String,
    },
}

impl PhotoState {
    /// What stands for an upload that was begun at `begun_at`, at `now`: one that never arrived is no longer waited
    /// for, and says so.
    #[must_use]
    pub fn at(self, begun_at: Timestamp, now: Timestamp) -> Self {
        let is_late = now.duration_since(begun_at) > UPLOAD_PATIENCE;
        if self != Self::Processing || !is_late {
            return self;
        }
        let words = say(
            "รูปส่งมาไม่ถึง อาจเพราะสัญญาณขาดหรือปิดหน้าเว็บก่อนส่งเสร็จ ให้เลือกรูปแล้วส่งใหม่",
            "The photo never arrived: the line broke, or the page was closed too early. Choose it again.",
        );
        Self::Refused { reason: words.th.into_owned(), reason_en: words.en.into_owned() }
    }
}

/// A photo on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// Its name.
    pub id: PhotoId,
    /// What became of it.
    #[serde(flatten)]
    pub state: PhotoState,
    /// The address of the large picture on the site, once it is ready.
    pub large: Option<String>,
    /// The address of the small picture.
    pub small: Option<String>,
}

impl PhotoView {
    /// The view of a photo in this state.
    #[must_use]
    pub fn of(id: &PhotoId, state: PhotoState) -> Self {
        let path = |size| (state == PhotoState::Ready).then(|| id.path(size));
        Self { id: id.clone(), large: path(PhotoSize::Large), small: path(PhotoSize::Small), state }
    }
}

/// What a browser wants to upload; nothing is checked yet.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UploadInput {
    /// In bytes.
    pub length: Option<u64>,
    /// `image/jpeg` or `image/png`.
    #[serde(rename = "type")]
    pub content_type: Option<String>,
    /// Of the bytes, in base64.
    pub sha256: Option<String>,
}

/// An upload exactly as it will have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// In bytes.
    pub length: u64,
    /// Its media type.
    pub content_type: &'static str,
    /// SHA-256 of the bytes, in base64.
    pub sha256: String,
}

impl Upload {
    /// Checks what a browser wants to upload.
    ///
    /// # Errors
    /// The fields that are wrong.
    pub fn parse(input: &UploadInput) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let length = errors.keep("/length", parse_length(input.length));
        let content_type = errors.keep("/type", parse_type(input.content_type.as_deref().unwrap_or("")));
        let sha256 = errors.keep("/sha256", parse_sha256(input.sha256.as_deref().unwrap_or("")));
        match (length, content_type, sha256) {
            (Some(length), Some(content_type), Some(sha256)) => Ok(Self { length, content_type, sha256 }),
            _ => Err(errors),
        }
    }
}

fn parse_length(length: Option<u64>) -> Result<u64, Say> {
    match length {
        Some(length) if length > PHOTO_BYTES_MAX => Err(say(
            "ไฟล์รูปใหญ่เกินไป ใช้ได้ไม่เกิน 8 MB ให้ย่อรูปหรือถ่ายใหม่ด้วยขนาดเล็กลง",
            "The file is too large: 8 MB at most. Make the picture smaller.",
        )),
        Some(length) if length > 0 => Ok(length),
        _ => Err(say("ไฟล์รูปว่างเปล่า ให้เลือกไฟล์ใหม่", "The file is empty. Choose another.")),
    }
}

fn parse_type(text: &str) -> Result<&'static str, Say> {
    match text {
        "image/jpeg" => Ok("image/jpeg"),
        "image/png" => Ok("image/png"),
        "image/heic" | "image/heif" => Err(say(
            "รูปเป็นไฟล์ HEIC ซึ่งใช้ไม่ได้ ให้ตั้งค่ากล้องเป็น \"เข้ากันได้มากที่สุด\" หรือใช้ภาพหน้าจอของรูปแทน",
            "HEIC pictures cannot be used. Set the camera to \"Most Compatible\", or use a screenshot of the picture.",
        )),
        _ => Err(say("ใช้ได้เฉพาะรูป JPEG หรือ PNG", "Only JPEG and PNG pictures can be used.")),
    }
}

pub(crate) fn parse_sha256(text: &str) -> Result<String, Say> {
    match BASE64.decode(text.as_bytes()) {
        Ok(bytes) if bytes.len() == 32 => Ok(text.to_owned()),
        _ => Err(say("ค่า sha256 ของไฟล์ไม่ถูกต้อง", "The file's sha256 is not right.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exact_upload_is_allowed() {
        let sha256 = BASE64.encode(&[7; 32]);
        let input = |length, kind: &str, sha: &str| UploadInput {
            length: Some(length),
            content_type: Some(kind.into()),
            sha256: Some(sha.into()),
        };
        assert!(Upload::parse(&input(1, "image/jpeg", &sha256)).is_ok());
        let errors = Upload::parse(&input(PHOTO_BYTES_MAX + 1, "image/heic", "x")).expect_err("all wrong");
        assert_eq!(
            errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(),
            ["/length", "/type", "/sha256"]
        );
        assert!(Upload::parse(&UploadInput::default()).is_err());
    }

    #[test]
    fn what_never_arrived_is_not_waited_for_for_ever() {
        let begun = Timestamp::UNIX_EPOCH;
        let (soon, late) = (begun + SignedDuration::from_mins(14), begun + SignedDuration::from_mins(16));
        assert_eq!(PhotoState::Processing.at(begun, soon), PhotoState::Processing);
        assert!(matches!(PhotoState::Processing.at(begun, late), PhotoState::Refused { .. }));
        assert_eq!(PhotoState::Ready.at(begun, late), PhotoState::Ready);
    }

    #[test]
    fn only_a_ready_photo_has_addresses() {
        let id = PhotoId::parse(&"a".repeat(22)).expect("a name");
        assert_eq!(PhotoView::of(&id, PhotoState::Processing).large, None);
        let ready = serde_json::to_string(&PhotoView::of(&id, PhotoState::Ready)).expect("writes");
        assert!(
            ready.contains(r#""state":"ready""#)
                && ready.contains("/photos/aaaaaaaaaaaaaaaaaaaaaa/small.jpg"),
            "{ready}"
        );
    }
}
