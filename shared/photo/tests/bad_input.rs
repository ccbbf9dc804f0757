//! Files that are no photo, or want too much: each is refused with the word that helps.

mod support;

use image::DynamicImage;
use palad_photo::{MAX_BYTES, Refusal, make_safe};
use support::jpeg::{self, Scan};
use support::{as_jpeg, as_png, assert_safe, png, portrait};

fn refusal(upload: &[u8]) -> Option<Refusal> {
    make_safe(upload).err()
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let files: [(&[u8], Refusal); 17] = [
        (b"", Refusal::Truncated),
        (b"%PDF-1.7\n1 0 obj", Refusal::Pdf),
        (b"\n\n  %PDF-1.4 after some space", Refusal::Pdf),
        (b"<!DOCTYPE html><html><body>", Refusal::WebPage),
        (b"\xEF\xBB\xBF \r\n<svg xmlns='http://www.w3.org/2000/svg'>", Refusal::WebPage),
        (b"<?xml version='1.0'?>", Refusal::WebPage),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Refusal::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Refusal::Heic),
        (b"\0\0\0\x1Cftypavif\0\0\0\0", Refusal::OtherFormat),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", Refusal::NotAnImage),
        (b"GIF89a\x01\0\x01\0", Refusal::OtherFormat),
        (b"RIFF\0\0\0\0WEBPVP8 ", Refusal::OtherFormat),
        (b"BM\0\0\0\0", Refusal::OtherFormat),
        (b"MM\0*\0\0\0\x08", Refusal::OtherFormat),
        (b"PK\x03\x04", Refusal::NotAnImage),
        (b"\xFF\xD8", Refusal::NotAnImage),
        ("สวัสดี".as_bytes(), Refusal::NotAnImage),
    ];
    for (file, expected) in files {
        assert_eq!(refusal(file), Some(expected), "{}", String::from_utf8_lossy(file));
    }
}

#[test]
fn colours_for_print_are_refused() {
    let print = jpeg::plain(300, 400, &[(1, 1); 4], jpeg::nothing(300, 400, 32));
    assert_eq!(refusal(&print), Some(Refusal::Cmyk));
    let adobe = jpeg::with_segment(&print, 0xEE, b"Adobe\0\x64\0\0\0\0\x02");
    assert_eq!(refusal(&adobe), Some(Refusal::Cmyk));
}

#[test]
fn forty_megabytes_are_not_looked_at() {
    let mut photo = as_jpeg(&portrait(300, 400), 80);
    photo.resize(40_000_000, 0);
    assert_eq!(refusal(&photo), Some(Refusal::TooLarge));
    photo.truncate(MAX_BYTES);
    assert_safe(&make_safe(&photo).expect("the end is cut off"));
}

#[test]
fn a_bomb_is_refused_by_its_header_and_a_profile_is_not_unpacked() {
    // 200 MB of zeros: four bits for each of 20,000 x 20,000 pixels, or a colour profile.
    let zeros = png::zeros(200_000_000);
    assert!(zeros.len() < 220_000);
    let parts = [png::SIGNATURE, &png::header(20_000, 20_000, 4, 0, false), &png::chunk(b"IDAT", &zeros)];
    let bomb = [parts.concat(), png::chunk(b"IEND", &[])].concat();
    assert_eq!(refusal(&bomb), Some(Refusal::TooManyPixels));

    let plain = as_png(&DynamicImage::ImageRgb8(portrait(300, 400)));
    let profiled = png::with_chunk(&plain, b"iCCP", &[b"profile\0\0".as_slice(), &zeros].concat());
    assert_eq!(make_safe(&profiled), make_safe(&plain));
    let commented = png::with_chunk(&plain, b"zTXt", &[b"Comment\0\0".as_slice(), &zeros].concat());
    assert_eq!(make_safe(&commented), make_safe(&plain));
}

#[test]
fn more_pixels_or_memory_than_allowed_are_refused_by_the_header() {
    let full = [(1, 1); 3];
    assert_eq!(refusal(&jpeg::plain(5000, 5000, &full, vec![])), Some(Refusal::TooManyPixels));
    assert_eq!(refusal(&jpeg::plain(65_535, 65_535, &full, vec![])), Some(Refusal::TooManyPixels));
    // Few enough pixels, but in several scans their coefficients take twice the memory.
    assert_eq!(refusal(&jpeg::progressive(3400, 4600, &full, 1, &[])), Some(Refusal::TooManyPixels));
    assert_eq!(refusal(&jpeg::one_by_one(3400, 4600, &full, &[])), Some(Refusal::TooManyPixels));
    let header = png::header(3400, 4600, 16, 6, false);
    let deep = [png::SIGNATURE, &header, &png::chunk(b"IDAT", &[]), &png::chunk(b"IEND", &[])].concat();
    assert_eq!(refusal(&deep), Some(Refusal::TooManyPixels));
}

#[test]
fn half_a_file_is_refused_wherever_it_is_cut() {
    let image = portrait(300, 400);
    for whole in [as_jpeg(&image, 80), as_png(&DynamicImage::ImageRgb8(image))] {
        for part in 1..50 {
            let half = &whole[..whole.len() * part / 50];
            assert_eq!(refusal(half), Some(Refusal::Truncated), "{part} parts of 50");
        }
        assert_eq!(refusal(&whole[..whole.len() - 1]), Some(Refusal::Truncated));
    }
}

#[test]
fn a_moving_picture_is_refused() {
    let still = as_png(&DynamicImage::ImageRgb8(portrait(300, 400)));
    let moving = png::with_chunk(&still, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(refusal(&moving), Some(Refusal::Animated));
}

#[test]
fn too_few_pixels_for_a_portrait_are_refused() {
    for (width, height) in [(149, 200), (150, 199), (4000, 100), (100, 4000), (1, 1)] {
        assert_eq!(refusal(&as_jpeg(&portrait(width, height), 50)), Some(Refusal::TooSmall));
    }
    assert_safe(&make_safe(&as_jpeg(&portrait(150, 200), 50)).expect("just enough"));
    // Lying on its side it has too few.
    let lying = jpeg::with_orientation(&as_jpeg(&portrait(150, 200), 50), 6, true);
    assert_eq!(refusal(&lying), Some(Refusal::TooSmall));
}

#[test]
fn coding_that_the_decoder_does_not_know_is_refused() {
    let (full, said) = ([(1, 1); 3], jpeg::nothing(300, 400, 24));
    let good = jpeg::plain(300, 400, &full, said.clone());
    assert_eq!(refusal(&good), None);
    let with = |marker: u8, body: &[u8]| jpeg::with_segment(&good, marker, body);
    // Arithmetic tables, a later height, a frame of a hierarchy, another frame, no known marker.
    let frame = [8, 1, 0x90, 1, 0x2C, 1, 1, 0x11, 0];
    for (marker, body) in
        [(0xCC, [0; 2].as_slice()), (0xDC, &[1, 0x90]), (0xDE, &frame), (0xC0, &frame), (0x05, &[])]
    {
        assert_eq!(refusal(&with(marker, body)), Some(Refusal::Broken), "{marker:02X}");
    }
    for coding in [0xC3, 0xC5, 0xC9, 0xCF] {
        let scans = [Scan { components: vec![1], band: (0, 63), bits: (0, 0), coded: said.clone() }];
        assert_eq!(refusal(&jpeg::raw(coding, 300, 400, &full, &scans)), Some(Refusal::Broken));
    }
    assert_eq!(refusal(&jpeg::raw(0xC0, 300, 400, &full, &[])), Some(Refusal::Broken), "no scan");
    assert_eq!(refusal(&jpeg::plain(300, 0, &full, said.clone())), Some(Refusal::Broken), "no height");
    assert_eq!(refusal(&jpeg::plain(300, 400, &[(1, 1); 2], said)), Some(Refusal::Broken), "two components");
}

#[test]
fn scans_without_end_are_refused() {
    let (sampling, said) = ([(2, 2), (1, 1), (1, 1)], jpeg::nothing(300, 400, 2));
    assert_safe(&make_safe(&jpeg::progressive(300, 400, &sampling, 31, &said)).expect("32 scans"));
    let many = jpeg::progressive(300, 400, &sampling, 32, &said);
    assert_eq!(refusal(&many), Some(Refusal::Broken));
}

#[test]
fn tables_without_end_are_refused() {
    let mut photo = as_jpeg(&portrait(300, 400), 80);
    for _ in 0..2000 {
        // A table for codes without any code.
        photo = jpeg::with_segment(&photo, 0xC4, &[0; 17]);
    }
    assert_safe(&make_safe(&photo).expect("34 kB of tables"));
    for _ in 0..2000 {
        photo = jpeg::with_segment(&photo, 0xC4, &[0; 17]);
    }
    assert_eq!(refusal(&photo), Some(Refusal::Broken));
}

#[test]
fn chunks_that_lie_are_refused() {
    let good = as_png(&DynamicImage::ImageRgb8(portrait(300, 400)));
    let unknown = png::with_chunk(&good, b"CgBI", &[0; 4]);
    assert_eq!(refusal(&unknown), Some(Refusal::Broken), "a chunk that must be understood");
    let twice = png::with_chunk(&good, b"IHDR", &[0; 13]);
    assert_eq!(refusal(&twice), Some(Refusal::Broken), "two headers");
    let empty = [png::SIGNATURE, &png::header(300, 400, 8, 2, false), &png::chunk(b"IEND", &[])].concat();
    assert_eq!(refusal(&empty), Some(Refusal::Broken), "no pixels");
    let mut long = good.clone();
    long[8..12].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(refusal(&long), Some(Refusal::Truncated), "a chunk longer than the file");
    let mut wrong = good;
    let middle = wrong.len() / 2;
    wrong[middle] ^= 1;
    assert_eq!(refusal(&wrong), Some(Refusal::Broken), "a wrong checksum");
}

#[test]
fn every_refusal_has_a_code_and_words_in_both_languages() {
    for refusal in Refusal::ALL {
        assert_eq!(Refusal::of_code(refusal.code()), Some(refusal));
        let words = refusal.say();
        assert!(words.th.chars().any(|letter| ('ก'..='๛').contains(&letter)), "{refusal}");
        assert!(words.en.is_ascii() || words.en.contains('“'), "{refusal}");
    }
    let way_out = Refusal::Heic.say();
    assert!(way_out.en.contains("Most compatible") && way_out.en.contains("screenshot"));
    assert!(way_out.th.contains("เข้ากันได้มากที่สุด") && way_out.th.contains("จับภาพหน้าจอ"));
    assert!(Refusal::TooLarge.say().en.contains(&format!("{} MB", MAX_BYTES >> 20)));
}
