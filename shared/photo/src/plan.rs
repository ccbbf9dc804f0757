//! What will be done with a picture, settled from its header alone: whether it may be decoded at all,
//! and which part of it is kept.

use image::metadata::Orientation;

use crate::{LARGE, LEAST, MAX_PIXELS, Refusal};

/// The most memory that decoding may take: the frame, and the coefficients where a JPEG comes in
/// several scans. With the upload twice and the pictures made of it the whole stays below 130 MB.
pub(crate) const MAX_MEMORY: u64 = 100_000_000;

/// A picture reduced to what makes pixels, and what its header says of it.
pub(crate) struct Source {
    /// The file without its metadata.
    pub(crate) clean: Vec<u8>,
    pub(crate) frame: Frame,
    /// How the stored pixels are to be turned.
    pub(crate) orientation: Orientation,
}

/// The declared size of a picture.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Frame {
    /// A frame that needs `memory` bytes to decode, if that is within the limits.
    pub(crate) fn within_limits(width: u32, height: u32, memory: u64) -> Result<Self, Refusal> {
        if width == 0 || height == 0 {
            return Err(Refusal::Broken);
        }
        if u64::from(width) * u64::from(height) > MAX_PIXELS || memory > MAX_MEMORY {
            return Err(Refusal::TooManyPixels);
        }
        Ok(Self { width, height })
    }
}

/// The part of the stored pixels that is kept, and what becomes of it.
pub(crate) struct Plan {
    /// The left upper corner of the part.
    pub(crate) corner: (u32, u32),
    /// Its size is `unit` times `ratio`, so that 3:4 is exact.
    pub(crate) unit: u32,
    /// 3:4, or 4:3 where the picture lies on its side.
    pub(crate) ratio: (u32, u32),
    pub(crate) orientation: Orientation,
}

impl Plan {
    /// Keeps the largest part of 3:4 around the centre.
    pub(crate) fn of(source: &Source) -> Result<Self, Refusal> {
        let ratio = match source.orientation {
            Orientation::NoTransforms
            | Orientation::Rotate180
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical => (3, 4),
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (4, 3),
        };
        let Frame { width, height } = source.frame;
        let unit = (width / ratio.0).min(height / ratio.1);
        if unit * 3 < LEAST.0 {
            return Err(Refusal::TooSmall);
        }
        let corner = ((width - unit * ratio.0) / 2, (height - unit * ratio.1) / 2);
        Ok(Self { corner, unit, ratio, orientation: source.orientation })
    }

    /// The size of the large picture in threes and fours. A small upload is not blown up.
    pub(crate) fn large_unit(&self) -> u32 {
        self.unit.min(LARGE.0 / 3)
    }
}
