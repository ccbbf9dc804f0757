//! Reading a PNG's chunks, and copying only those that make pixels.
//!
//! A profile or a text of a few kilobytes may unpack to hundreds of megabytes, and a decoder unpacks
//! them before it can be asked not to. So five kinds of chunk are copied, and the rest is left behind.

use image::metadata::Orientation;

use crate::Refusal;
use crate::kind::PNG_SIGNATURE;
use crate::plan::{Frame, Source};

/// The length and name before a chunk's data and the checksum after it.
const AROUND: usize = 12;

struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
    whole: &'a [u8],
}

/// Reads a PNG whose signature is known to be right.
pub(crate) fn read(upload: &[u8]) -> Result<Source, Refusal> {
    let mut rest = upload.get(PNG_SIGNATURE.len()..).unwrap_or_default();
    let header = next(&mut rest)?;
    let frame = if header.name == b"IHDR" { frame(header.data)? } else { return Err(Refusal::Broken) };
    let mut clean = [PNG_SIGNATURE, header.whole].concat();
    let mut orientation = None;
    let mut has_data = false;
    loop {
        let chunk = next(&mut rest)?;
        match chunk.name {
            b"PLTE" | b"tRNS" => clean.extend(chunk.whole),
            b"IDAT" => {
                has_data = true;
                clean.extend(chunk.whole);
            }
            b"IEND" if has_data => {
                clean.extend(chunk.whole);
                break;
            }
            b"acTL" => return Err(Refusal::Animated),
            b"eXIf" => orientation = orientation.or_else(|| Orientation::from_exif_chunk(chunk.data)),
            // A small first letter means that the picture is whole without it.
            [b'a'..=b'z', ..] => {}
            _ => return Err(Refusal::Broken),
        }
    }
    Ok(Source { clean, frame, orientation: orientation.unwrap_or(Orientation::NoTransforms) })
}

/// Takes one chunk. The decoder checks the checksums of those it is given.
fn next<'a>(rest: &mut &'a [u8]) -> Result<Chunk<'a>, Refusal> {
    let length = rest.first_chunk().copied().map(u32::from_be_bytes).ok_or(Refusal::Truncated)?;
    let length = usize::try_from(length).map_err(|_| Refusal::Broken)?;
    let end = length.checked_add(AROUND).ok_or(Refusal::Broken)?;
    let (whole, after) = rest.split_at_checked(end).ok_or(Refusal::Truncated)?;
    *rest = after;
    Ok(Chunk { name: &whole[4..8], data: &whole[8..8 + length], whole })
}

/// The declared size, with the memory that the decoded frame takes at most: a palette or one
/// transparent colour may add an alpha channel.
fn frame(header: &[u8]) -> Result<Frame, Refusal> {
    let [w3, w2, w1, w0, h3, h2, h1, h0, depth, colour, 0, 0, 0 | 1] = *header else {
        return Err(Refusal::Broken);
    };
    let (width, height) = (u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]));
    let channels = match colour {
        0 | 4 => 2,
        2 | 3 | 6 => 4,
        _ => return Err(Refusal::Broken),
    };
    let bytes = if depth == 16 { 2 } else { 1 };
    let memory = u64::from(width).saturating_mul(height.into()).saturating_mul(channels * bytes);
    Frame::within_limits(width, height, memory)
}
