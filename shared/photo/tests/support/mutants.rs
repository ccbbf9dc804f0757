//! Seeds of every kind that is decoded, and changes to them that are always the same.

use image::DynamicImage;

use super::{Numbers, as_jpeg, as_png, jpeg, noise, png, portrait, quarters};

/// Small whole files of every kind.
pub fn seeds() -> Vec<Vec<u8>> {
    let (width, height) = (156, 208);
    let colour = [(2, 2), (1, 1), (1, 1)];
    let full = [(1, 1); 3];
    let portrait = portrait(width.into(), height.into());
    let coloured = as_jpeg(&portrait, 80);
    let grey = DynamicImage::ImageRgb8(portrait.clone()).into_luma8();
    let mut grey_jpeg = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut grey_jpeg);
    encoder.encode_image(&grey).expect("encodes");
    let said = jpeg::anything(6000);
    let mut seeds = vec![
        coloured.clone(),
        grey_jpeg,
        as_jpeg(&noise(width.into(), height.into()), 90),
        jpeg::with_orientation(&as_jpeg(&quarters(208, 156), 90), 6, true),
        jpeg::with_orientation(&as_jpeg(&quarters(208, 156), 70), 8, false),
        jpeg::with_segment(&coloured, 0xEE, b"Adobe\0\x64\0\0\0\0\0"),
        jpeg::plain(width, height, &colour, said.clone()),
        jpeg::plain(width, height, &[(4, 1), (1, 1), (2, 1)], said.clone()),
        jpeg::plain(width, height, &[(2, 2), (2, 1), (1, 2)], said.clone()),
        jpeg::plain(width, height, &[(2, 2)], said.clone()),
        jpeg::one_by_one(width, height, &full, &jpeg::nothing(width, height, 8)),
        jpeg::one_by_one(width, height, &colour, &said),
        jpeg::progressive(width, height, &colour, 6, &said),
        jpeg::progressive(width, height, &full, 5, &jpeg::nothing(width, height, 1)),
        jpeg::progressive(width, height, &[(1, 1)], 3, &said),
        as_png(&DynamicImage::ImageRgb8(portrait)),
        png::with_chunk(&png::any(width.into(), height.into(), 8, 6, false), b"tEXt", b"Comment\0hello"),
    ];
    let kinds =
        [(1, 0), (2, 0), (8, 0), (16, 0), (8, 2), (16, 2), (1, 3), (4, 3), (8, 3), (8, 4), (16, 4), (16, 6)];
    for (number, (depth, colour)) in kinds.into_iter().enumerate() {
        seeds.push(png::any(width.into(), height.into(), depth, colour, number % 2 == 0));
    }
    seeds
}

/// The mutant of this number of a seed.
pub fn mutant(seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut numbers = Numbers(number.wrapping_mul(0x1_0001) + 3);
    let mut bytes = seeds[usize::try_from(number).expect("small") % seeds.len()].clone();
    for _ in 0..=numbers.below(3) {
        change(&mut bytes, seeds, &mut numbers);
    }
    if bytes.starts_with(png::SIGNATURE) && numbers.below(4) > 0 {
        repair(&mut bytes);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], numbers: &mut Numbers) {
    // Half of the changes are in the headers, where the lengths and sizes are.
    let reach = if numbers.below(2) == 0 { bytes.len().min(720) } else { bytes.len() };
    let at = numbers.below(reach);
    match numbers.below(10) {
        0..=2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << numbers.below(8);
            }
        }
        3 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = [0, 1, 0x7F, 0x80, 0xFE, 0xFF, 0xC4, 0xDA][numbers.below(8)];
            }
        }
        4 => bytes.truncate(at),
        5 => {
            let end = (at + numbers.below(40)).min(bytes.len());
            bytes.drain(at..end);
        }
        6 => {
            let end = (at + numbers.below(300)).min(bytes.len());
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        7 => {
            let other = &seeds[numbers.below(seeds.len())];
            let from = numbers.below(other.len());
            let part = &other[from..(from + numbers.below(200)).min(other.len())];
            bytes.splice(at..at, part.iter().copied());
        }
        8 => field(bytes, numbers),
        _ => {
            for byte in bytes.iter_mut().skip(at).take(1 + numbers.below(16)) {
                *byte = numbers.byte();
            }
        }
    }
}

/// Changes a field of the frame's header: sizes, depth, components, sampling.
fn field(bytes: &mut [u8], numbers: &mut Numbers) {
    let frame = bytes.windows(2).position(|pair| pair[0] == 0xFF && matches!(pair[1], 0xC0..=0xC2));
    let at = if bytes.starts_with(png::SIGNATURE) {
        16 + numbers.below(13)
    } else {
        frame.unwrap_or(0) + 1 + numbers.below(18)
    };
    if let Some(byte) = bytes.get_mut(at) {
        *byte = if numbers.below(2) == 0 { numbers.byte() } else { byte.wrapping_add(1) };
    }
}

/// Sets the checksums right, so that a changed chunk is looked into.
fn repair(bytes: &mut [u8]) {
    let mut at = png::SIGNATURE.len();
    while let Some(length) = bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map(u32::from_be_bytes) {
        let end = at + 8 + length as usize;
        let Some(part) = bytes.get(at + 4..end) else { return };
        let mut crc = flate2::Crc::new();
        crc.update(part);
        let Some(sum) = bytes.get_mut(end..end + 4) else { return };
        sum.copy_from_slice(&crc.sum().to_be_bytes());
        at = end + 4;
    }
}
