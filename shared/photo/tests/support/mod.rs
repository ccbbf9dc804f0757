//! Pictures made on the spot, good and bad, and what is asserted of every answer.

#![allow(dead_code, unreachable_pub, reason = "each test and example uses its part")]

pub mod jpeg;
pub mod mutants;
pub mod png;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, Rgb, RgbImage};
use palad_photo::{LARGE, LARGE_BYTES, LEAST, Picture, SMALL, SMALL_BYTES, SafePhoto};

/// Numbers that are always the same (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// The colours of the four quarters of [`quarters`]: left and right above, left and right below.
pub const QUARTERS: [[u8; 3]; 4] = [[220, 40, 40], [40, 200, 40], [40, 40, 220], [230, 230, 60]];

/// Four quarters of different colours, by which one sees how a picture was turned.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(QUARTERS[usize::from(x >= width / 2) + 2 * usize::from(y >= height / 2)])
    })
}

/// Something like a portrait: a smooth background, an oval, a little grain.
pub fn portrait(width: u32, height: u32) -> RgbImage {
    let mut numbers = Numbers(7);
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x) / f64::from(width) - 0.5, f64::from(y) / f64::from(height) - 0.45);
        let grain = f64::from(numbers.byte() % 9) - 4.0;
        let face = x * x * 9.0 + y * y * 6.0 < 1.0;
        let base = if face { [210.0, 170.0, 140.0] } else { [80.0, 110.0, 170.0] };
        Rgb(base
            .map(|value| (value + 40.0 * (x + y) + 12.0 * (x * 40.0).sin() + grain).clamp(0.0, 255.0) as u8))
    })
}

/// Noise, which no encoder makes small.
pub fn noise(width: u32, height: u32) -> RgbImage {
    let mut numbers = Numbers(11);
    RgbImage::from_fn(width, height, |_, _| {
        Rgb([0; 3].map(|_: u8| if numbers.byte() & 1 == 0 { 0 } else { 255 }))
    })
}

pub fn as_jpeg(image: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(image).expect("encodes");
    bytes
}

pub fn as_png(image: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let colour = ExtendedColorType::from(image.color());
    let (width, height) = (image.width(), image.height());
    PngEncoder::new(&mut bytes).write_image(image.as_bytes(), width, height, colour).expect("encodes");
    bytes
}

pub fn decoded(picture: &Picture) -> RgbImage {
    image::load_from_memory_with_format(&picture.jpeg, ImageFormat::Jpeg).expect("decodes").into_rgb8()
}

/// Asserts what holds of every photo: its sizes, and that it has pixels only.
pub fn assert_safe(photo: &SafePhoto) {
    for (picture, most, bytes) in [(&photo.large, LARGE, LARGE_BYTES), (&photo.small, SMALL, SMALL_BYTES)] {
        assert!(picture.jpeg.len() <= bytes, "{} bytes", picture.jpeg.len());
        assert!(picture.width <= most.0 && picture.height <= most.1);
        assert_eq!(picture.width * 4, picture.height * 3);
        assert_eq!(decoded(picture).dimensions(), (picture.width, picture.height));
        assert_pixels_only(&picture.jpeg);
    }
    assert!(photo.large.width >= LEAST.0 / 2);
}

/// Asserts by its segments that a JPEG has a plain JFIF header, tables, one frame, one scan, an end, and nothing else.
pub fn assert_pixels_only(jpeg: &[u8]) {
    assert_eq!(jpeg[..2], [0xFF, 0xD8]);
    let mut at = 2;
    loop {
        assert_eq!(jpeg[at], 0xFF);
        let (marker, length) = (jpeg[at + 1], usize::from(jpeg[at + 2]) << 8 | usize::from(jpeg[at + 3]));
        let body = &jpeg[at + 4..at + 2 + length];
        match marker {
            // No thumbnail, and a density without a unit.
            0xE0 => assert_eq!(body, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
            0xC0 | 0xC4 | 0xDB => {}
            0xDA => break,
            other => panic!("a segment {other:02X}"),
        }
        at += 2 + length;
    }
    let end = jpeg[at..].windows(2).position(|pair| pair == [0xFF, 0xD9]).expect("an end marker");
    assert_eq!(at + end + 2, jpeg.len(), "nothing after the end");
}
