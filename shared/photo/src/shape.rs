//! Cropping, shrinking, turning and encoding.
//!
//! A frame of 16 million pixels is not copied: it is averaged down to at most twice the target while it
//! is cropped and laid on white, freed, and only the small picture is filtered and turned.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, resize};
use image::{DynamicImage, GenericImageView, ImageEncoder, Rgb, RgbImage};

use crate::plan::Plan;
use crate::{LARGE_BYTES, Picture, Refusal, SMALL, SMALL_BYTES, SafePhoto};

/// Qualities to try until the picture is short enough. A face passes at the first or second; noise, which
/// is what an attacker would send, near the last.
const QUALITIES: [u8; 8] = [84, 76, 68, 58, 46, 32, 18, 6];

/// Makes the two pictures.
pub(crate) fn shape(frame: DynamicImage, plan: &Plan) -> Result<SafePhoto, Refusal> {
    let unit = plan.large_unit();
    let reduced = reduce(&frame, plan, plan.unit.min(unit * 2));
    drop(frame);
    let mut upright = DynamicImage::ImageRgb8(reduced);
    upright.apply_orientation(plan.orientation);
    let upright = upright.into_rgb8();
    let large = if upright.width() == unit * 3 {
        upright
    } else {
        resize(&upright, unit * 3, unit * 4, FilterType::Lanczos3)
    };
    let small = fit(&large, SMALL.0 / 3, SMALL_BYTES)?;
    Ok(SafePhoto { large: fit(&large, unit, LARGE_BYTES)?, small })
}

/// The kept part of the frame on white, averaged down to `unit` times the ratio.
fn reduce(frame: &DynamicImage, plan: &Plan, unit: u32) -> RgbImage {
    let Plan { corner, ratio, .. } = *plan;
    // Where the cells of the target begin in the frame.
    let edges = |corner: u32, ratio: u32| -> Vec<u32> {
        let (from, to) = (u64::from(plan.unit * ratio), u64::from(unit * ratio));
        // Each is at most the side of the frame, which is 32 bits.
        (0..=to).map(|cell| corner + u32::try_from(cell * from / to).unwrap_or(u32::MAX)).collect()
    };
    let (across, down) = (edges(corner.0, ratio.0), edges(corner.1, ratio.1));
    RgbImage::from_fn(unit * ratio.0, unit * ratio.1, |x, y| {
        let (x, y) = (x as usize, y as usize);
        let mut sum = [0_u64; 3];
        for row in down[y]..down[y + 1] {
            for column in across[x]..across[x + 1] {
                let pixel = on_white(frame.get_pixel(column, row).0);
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += u64::from(value);
                }
            }
        }
        let count = u64::from(down[y + 1] - down[y]) * u64::from(across[x + 1] - across[x]);
        Rgb(sum.map(|sum| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX)))
    })
}

fn on_white([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    if alpha == u8::MAX {
        return [red, green, blue];
    }
    let alpha = u32::from(alpha);
    let blend = |value: u8| u8::try_from((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255);
    [red, green, blue].map(|value| blend(value).unwrap_or(u8::MAX))
}

/// Encodes the picture in `unit` threes by fours with at most `most` bytes: at lower and lower quality,
/// then in half the size.
fn fit(picture: &RgbImage, unit: u32, most: usize) -> Result<Picture, Refusal> {
    for unit in [unit, unit / 2] {
        let (width, height) = (unit * 3, unit * 4);
        let resized =
            (picture.width() != width).then(|| resize(picture, width, height, FilterType::Lanczos3));
        let pixels = resized.as_ref().unwrap_or(picture).as_raw();
        for quality in QUALITIES {
            let mut jpeg = Vec::new();
            JpegEncoder::new_with_quality(&mut jpeg, quality)
                .write_image(pixels, width, height, image::ExtendedColorType::Rgb8)
                .map_err(|_| Refusal::Broken)?;
            if jpeg.len() <= most {
                return Ok(Picture { jpeg, width, height });
            }
        }
    }
    Err(Refusal::Broken)
}
