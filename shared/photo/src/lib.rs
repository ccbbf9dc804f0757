//! An uploaded photo becomes a safe one: turned upright, 3:4, in two sizes, with nothing in it but pixels.
//!
//! The bytes come from anyone's browser, so the work is done in an order that bounds it: what the file
//! is and how large a frame it declares are read from its own markers first; only the parts that make
//! pixels are handed to a decoder; and what is stored is encoded afresh, so that no byte of the upload
//! survives. The crate neither reads nor writes anything outside its arguments.

mod decode;
mod jpeg;
mod kind;
mod plan;
mod png;
mod refusal;
mod shape;

pub use refusal::Refusal;

use kind::Kind;

/// The longest upload that is looked at. A browser sends a few hundred kilobytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// The most pixels that are decoded: a telephone's camera has 12 million.
pub const MAX_PIXELS: u64 = 16_000_000;
/// The width and height of the large picture, unless the upload has fewer pixels.
pub const LARGE: (u32, u32) = (600, 800);
/// The width and height of the small picture.
pub const SMALL: (u32, u32) = (96, 128);
/// The fewest pixels that make a usable portrait, after cropping to 3:4.
pub const LEAST: (u32, u32) = (150, 200);
/// The large picture is never longer than this.
pub const LARGE_BYTES: usize = 120_000;
/// The small picture is never longer than this.
pub const SMALL_BYTES: usize = 12_000;

/// A photo in the two sizes that pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafePhoto {
    /// For the page of one clerk.
    pub large: Picture,
    /// For lists.
    pub small: Picture,
}

/// One JPEG without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down: four for every three across.
    pub height: u32,
}

/// Makes a safe photo of an upload.
///
/// It takes at most 160 MB and five seconds whatever the bytes are, and the same bytes give the same photo.
///
/// # Errors
/// When no photo can be made of it, with the reason in words for whoever chose the file.
pub fn make_safe(upload: &[u8]) -> Result<SafePhoto, Refusal> {
    if upload.len() > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let (kind, source) = match Kind::of(upload)? {
        Kind::Jpeg => (Kind::Jpeg, jpeg::read(upload)?),
        Kind::Png => (Kind::Png, png::read(upload)?),
    };
    let plan = plan::Plan::of(&source)?;
    let frame = decode::decode(kind, source)?;
    shape::shape(frame, &plan)
}
