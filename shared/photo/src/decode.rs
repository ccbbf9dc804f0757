//! Decoding: what was read from the header is held against what the decoder says, within its limits too.

use std::io::Cursor;
use std::panic::catch_unwind;

use image::codecs::{jpeg::JpegDecoder, png::PngDecoder};
use image::{DynamicImage, ImageDecoder, ImageError, Limits};

use crate::Refusal;
use crate::kind::Kind;
use crate::plan::{Frame, MAX_MEMORY, Source};

/// The pixels as they are stored, not yet turned.
pub(crate) fn decode(kind: Kind, source: Source) -> Result<DynamicImage, Refusal> {
    let Source { clean, frame, .. } = source;
    // No input is known on which a decoder panics. Should there be one, it costs its sender the photo and
    // not the whole batch its turn: without this the queue would bring it back again and again.
    let decoded = catch_unwind(|| {
        let mut limits = Limits::default();
        limits.max_image_width = Some(frame.width);
        limits.max_image_height = Some(frame.height);
        limits.max_alloc = Some(MAX_MEMORY);
        let clean = Cursor::new(clean);
        match kind {
            Kind::Jpeg => {
                let mut decoder = JpegDecoder::new(clean).map_err(refuse)?;
                decoder.set_limits(limits).map_err(refuse)?;
                frame_of(decoder, frame)
            }
            Kind::Png => frame_of(PngDecoder::with_limits(clean, limits).map_err(refuse)?, frame),
        }
    });
    decoded.unwrap_or(Err(Refusal::Broken))
}

fn frame_of(decoder: impl ImageDecoder, frame: Frame) -> Result<DynamicImage, Refusal> {
    if decoder.dimensions() != (frame.width, frame.height) || decoder.total_bytes() > MAX_MEMORY {
        return Err(Refusal::Broken);
    }
    DynamicImage::from_decoder(decoder).map_err(refuse)
}

#[allow(clippy::needless_pass_by_value)]
fn refuse(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Broken,
    }
}
