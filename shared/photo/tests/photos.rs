//! Photos that are taken: upright, 3:4, on white, and the same each time.

mod support;

use image::{DynamicImage, ImageBuffer, Luma, LumaA, Rgb, RgbImage, Rgba};
use palad_photo::{SafePhoto, make_safe};
use support::{QUARTERS, as_jpeg, as_png, assert_safe, decoded, jpeg, noise, png, portrait, quarters};

fn photo(upload: &[u8]) -> SafePhoto {
    let photo = make_safe(upload).expect("a photo");
    assert_safe(&photo);
    photo
}

fn near(one: [u8; 3], other: [u8; 3], most: u8) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= most)
}

/// The colours in the middle of the quarters.
fn seen(image: &RgbImage) -> [[u8; 3]; 4] {
    let (width, height) = image.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| image.get_pixel(width * x / 4, height * y / 4).0)
}

fn assert_upright(photo: &SafePhoto, what: &str) {
    for picture in [&photo.large, &photo.small] {
        let seen = seen(&decoded(picture));
        assert!(seen.iter().zip(QUARTERS).all(|(seen, meant)| near(*seen, meant, 12)), "{what}: {seen:?}");
    }
}

/// How a camera stores the upright picture under an orientation, by the words of the EXIF standard:
/// where its row and its column number nought are seen.
fn stored(upright: &RgbImage, orientation: u8) -> RgbImage {
    let (width, height) = upright.dimensions();
    let (right, bottom) = (width - 1, height - 1);
    let (across, down) = if orientation > 4 { (height, width) } else { (width, height) };
    RgbImage::from_fn(across, down, |column, row| {
        let (x, y) = match orientation {
            1 => (column, row),
            2 => (right - column, row),
            3 => (right - column, bottom - row),
            4 => (column, bottom - row),
            5 => (row, column),
            6 => (right - row, column),
            7 => (right - row, bottom - column),
            _ => (row, bottom - column),
        };
        *upright.get_pixel(x, y)
    })
}

#[test]
fn every_orientation_is_turned_right() {
    let upright = quarters(300, 400);
    for orientation in 1..=8 {
        let stored = stored(&upright, orientation);
        for big in [true, false] {
            let upload = jpeg::with_orientation(&as_jpeg(&stored, 90), orientation, big);
            assert_upright(&photo(&upload), &format!("orientation {orientation}"));
        }
    }
    let exif = [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0];
    let lying = as_png(&DynamicImage::ImageRgb8(stored(&upright, 6)));
    assert_upright(&photo(&png::with_chunk(&lying, b"eXIf", &exif)), "a PNG");
}

#[test]
fn damaged_or_odd_exif_does_not_cost_the_photo() {
    let upload = as_jpeg(&quarters(300, 400), 90);
    let bodies: [&[u8]; 5] = [
        b"Exif\0\0",
        b"Exif\0\0II*\0\xFF\xFF\xFF\xFF",
        b"Exif\0\0MM\0*\0\0\0\x08\xFF\xFF",
        b"http://ns.adobe.com/",
        b"",
    ];
    for body in bodies {
        assert_upright(&photo(&jpeg::with_segment(&upload, 0xE1, body)), "no turn");
    }
    for orientation in [0, 9, 255] {
        assert_upright(&photo(&jpeg::with_orientation(&upload, orientation, true)), "no such turn");
    }
}

#[test]
fn a_cropped_photo_is_kept_and_a_wide_one_is_cropped_around_its_centre() {
    let large = photo(&as_jpeg(&portrait(600, 800), 90)).large;
    assert_eq!((large.width, large.height), (600, 800));
    let small = photo(&as_jpeg(&portrait(600, 800), 90)).small;
    assert_eq!((small.width, small.height), (96, 128));
    for (width, height) in [(1200, 900), (900, 3000), (801, 1068)] {
        let photo = photo(&as_jpeg(&quarters(width, height), 90));
        assert_eq!(photo.large.width, 600, "{width} x {height}");
        assert_upright(&photo, "around the centre");
    }
    // No pixels are invented.
    let few = photo(&as_jpeg(&portrait(301, 402), 90)).large;
    assert_eq!((few.width, few.height), (300, 400));
}

#[test]
fn a_face_is_shown_as_it_was() {
    for (width, height) in [(600, 800), (1234, 1640), (3000, 4000)] {
        let shown = decoded(&photo(&as_jpeg(&portrait(width, height), 92)).large);
        let meant = portrait(600, 800);
        let differences = shown.as_raw().iter().zip(meant.as_raw()).map(|(one, other)| one.abs_diff(*other));
        let mean = differences.map(f64::from).sum::<f64>() / shown.as_raw().len() as f64;
        assert!(mean < 4.0, "{width} x {height}: {mean}");
    }
}

#[test]
fn noise_is_made_short_enough() {
    photo(&as_jpeg(&noise(600, 800), 95));
    photo(&as_png(&DynamicImage::ImageRgb8(noise(1200, 1600))));
    photo(&as_jpeg(&noise(150, 200), 95));
}

#[test]
fn every_kind_of_pixel_becomes_colour_on_white() {
    let (width, height) = (160, 220);
    let grey = DynamicImage::ImageLuma8(ImageBuffer::from_pixel(width, height, Luma([90])));
    let deep =
        DynamicImage::ImageRgb16(ImageBuffer::from_pixel(width, height, Rgb([40_000, 20_000, 60_000])));
    let clear = DynamicImage::ImageRgba8(ImageBuffer::from_pixel(width, height, Rgba([10, 20, 30, 0])));
    let half = DynamicImage::ImageRgba8(ImageBuffer::from_pixel(width, height, Rgba([200, 0, 100, 128])));
    let mist = DynamicImage::ImageLumaA16(ImageBuffer::from_pixel(width, height, LumaA([0, 32_768])));
    let kinds = [
        (grey, [90; 3]),
        (deep, [156, 78, 233]),
        (clear, [255; 3]),
        (half, [227, 127, 177]),
        (mist, [127; 3]),
    ];
    for (image, meant) in kinds {
        let shown = decoded(&photo(&as_png(&image)).large).get_pixel(80, 100).0;
        assert!(near(shown, meant, 4), "{:?}: {shown:?} for {meant:?}", image.color());
    }
    let mut grey = Vec::new();
    let image = ImageBuffer::from_pixel(width, height, Luma([90_u8]));
    image::codecs::jpeg::JpegEncoder::new(&mut grey).encode_image(&image).expect("encodes");
    assert!(near(decoded(&photo(&grey).large).get_pixel(80, 100).0, [90; 3], 4));
}

#[test]
fn a_palette_and_one_transparent_colour_are_understood() {
    // Every pixel is colour 1 of two: blue, or blue at half strength over white.
    let rows: Vec<u8> = (0..220).flat_map(|_| [vec![0], vec![0xFF; 20]].concat()).collect();
    for (transparency, meant) in [(vec![], [0, 0, 200]), (vec![255, 128], [127, 127, 227])] {
        let mut parts = vec![png::SIGNATURE.to_vec(), png::header(160, 220, 1, 3, false)];
        parts.push(png::chunk(b"PLTE", &[200, 0, 0, 0, 0, 200]));
        if !transparency.is_empty() {
            parts.push(png::chunk(b"tRNS", &transparency));
        }
        parts.extend([png::chunk(b"IDAT", &png::packed(&rows)), png::chunk(b"IEND", &[])]);
        let shown = decoded(&photo(&parts.concat()).large).get_pixel(70, 90).0;
        assert!(near(shown, meant, 6), "{shown:?} for {meant:?}");
    }
}

#[test]
fn nothing_of_the_upload_but_its_pixels_is_left() {
    let plain = as_jpeg(&portrait(600, 800), 90);
    let mut laden = jpeg::with_orientation(&plain, 1, true);
    for (marker, body) in [
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>".as_slice()),
        (0xE2, b"ICC_PROFILE\0\x01\x01profile"),
        (0xED, b"Photoshop 3.0\0"),
        (0xFE, b"13.7563 N 100.5018 E"),
    ] {
        laden = jpeg::with_segment(&laden, marker, body);
    }
    laden.extend(b"<script>alert(1)</script>\xFF\xD8\xFF\xE0 another picture");
    let safe = photo(&laden);
    assert_eq!(safe, photo(&plain), "the same, each time");
    let png = as_png(&DynamicImage::ImageRgb8(portrait(600, 800)));
    let trailing = [png.as_slice(), b"PK\x03\x04 and more"].concat();
    assert_eq!(photo(&trailing), photo(&png));
}
