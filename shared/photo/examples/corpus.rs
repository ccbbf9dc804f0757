//! Runs damaged files and the most costly ones that are known, and prints time and peak memory.
//!
//! `cargo run --release -p palad-photo --example corpus -- [MUTANTS]`

#![allow(clippy::print_stdout, reason = "it is there to print")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Instant;

use image::DynamicImage;
use palad_photo::{MAX_BYTES, Refusal, SafePhoto, make_safe};
use support::{as_jpeg, as_png, assert_safe, jpeg, mutants, noise, png, portrait};

/// A name, and what makes the file: made when its turn comes, so that no two are in memory.
type Costly = (&'static str, fn() -> Vec<u8>);

/// The sides of a picture of 16 million pixels, and the sampling of most cameras.
const SIDES: (u16, u16) = (3460, 4616);
const CAMERA: [jpeg::Sampling; 3] = [(2, 2), (1, 1), (1, 1)];

const COSTLY: [Costly; 17] = [
    ("telephone photo, 12 Mpx, 4:4:4", || as_jpeg(&portrait(3000, 4000), 88)),
    ("JPEG, 16 Mpx of anything", || jpeg::plain(SIDES.0, SIDES.1, &CAMERA, jpeg::anything(8_300_000))),
    ("JPEG, 16 Mpx, one scan a component", || {
        jpeg::one_by_one(SIDES.0, SIDES.1, &CAMERA, &jpeg::anything(2_700_000))
    }),
    ("JPEG, 16 Mpx, 32 empty passes", || {
        jpeg::progressive(SIDES.0, SIDES.1, &CAMERA, 31, &jpeg::nothing(SIDES.0, SIDES.1, 4))
    }),
    ("JPEG, 16 Mpx, 32 passes of anything", || {
        jpeg::progressive(SIDES.0, SIDES.1, &CAMERA, 31, &jpeg::anything(260_000))
    }),
    ("JPEG, 10.6 Mpx, 4:4:4, 12 passes", || {
        jpeg::progressive(2820, 3760, &[(1, 1); 3], 11, &jpeg::anything(600_000))
    }),
    ("JPEG, 7 MB of profiles", || {
        let photo = as_jpeg(&portrait(600, 800), 90);
        (0..110).fold(photo, |photo, _| jpeg::with_segment(&photo, 0xE2, &[1; 65_000]))
    }),
    ("PNG, 16 Mpx, RGBA", || flat(3460, 4616, 8, 6, false)),
    ("PNG, 16 Mpx, RGBA, interlaced", || flat(3460, 4616, 8, 6, true)),
    ("PNG, 12 Mpx, RGBA of 16 bits", || flat(3000, 4000, 16, 6, false)),
    ("PNG, 12 Mpx, RGBA of 16 bits, interlaced", || flat(3000, 4000, 16, 6, true)),
    ("PNG, 16 Mpx, palette, interlaced, anything", || png::any(3460, 4616, 8, 3, true)),
    ("PNG, 16 Mpx in 200 rows", || flat(80_000, 200, 8, 6, true)),
    ("PNG with a profile of 200 MB", || {
        let plain = as_png(&DynamicImage::ImageRgb8(portrait(300, 400)));
        png::with_chunk(&plain, b"iCCP", &[b"p\0\0".as_slice(), &png::zeros(200_000_000)].concat())
    }),
    ("PNG with 4 GB after its pixels", || {
        let header = png::header(160, 220, 8, 2, false);
        let data = png::chunk(b"IDAT", &png::zeros(4_000_000_000));
        [png::SIGNATURE, &header, &data, &png::chunk(b"IEND", &[])].concat()
    }),
    ("PNG in 600,000 chunks", || {
        let plain = as_png(&DynamicImage::ImageRgb8(portrait(300, 400)));
        let end = plain.len() - 12;
        [&plain[..end], &png::chunk(b"IDAT", &[]).repeat(600_000), &plain[end..]].concat()
    }),
    ("PNG of noise, 600 x 800", || as_png(&DynamicImage::ImageRgb8(noise(600, 800)))),
];

fn flat(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> Vec<u8> {
    let channels = if colour == 6 { 4 } else { 1 };
    let rows = png::rows(width, height, channels * u32::from(depth), interlaced);
    let length = rows.iter().map(|row| row + 1).sum();
    let data = png::chunk(b"IDAT", &png::zeros(length));
    let header = png::header(width, height, depth, colour, interlaced);
    [png::SIGNATURE, &header, &data, &png::chunk(b"IEND", &[])].concat()
}

/// The peak of this process so far, in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let kibibytes: f64 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0.0);
    kibibytes * 1024.0 / 1e6
}

/// Milliseconds, and what came of it.
fn timed(upload: &[u8]) -> (f64, Result<SafePhoto, Refusal>) {
    let start = Instant::now();
    let result = make_safe(upload);
    (start.elapsed().as_secs_f64() * 1e3, result)
}

/// Makes a photo of each upload on the standard input, in a process that does nothing else, and prints
/// time, peak and word.
fn serve() -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let mut length = [0; 8];
    while stdin.read_exact(&mut length).is_ok() {
        let length = u64::from_be_bytes(length);
        let mut upload = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        stdin.by_ref().take(length).read_to_end(&mut upload)?;
        let (time, result) = timed(&upload);
        let peak = peak();
        let word = result.as_ref().map_or_else(|refusal| refusal.code(), |_| "taken");
        println!("{time} {peak} {word}");
        if let Ok(photo) = result {
            assert_safe(&photo);
        }
    }
    Ok(())
}

/// A process of its own that makes photos.
struct Apart {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Apart {
    fn start() -> io::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let answers = BufReader::new(child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Self { child, answers })
    }

    /// The milliseconds that this upload took, the peak so far, and the word.
    fn ask(&mut self, upload: &[u8]) -> io::Result<(f64, f64, String)> {
        let stdin = self.child.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        stdin.write_all(&(upload.len() as u64).to_be_bytes())?;
        stdin.write_all(upload)?;
        stdin.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let mut parts = line.split_whitespace();
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(f64::NAN);
        let (time, peak) = (number(), number());
        Ok((time, peak, parts.next().unwrap_or("died").to_owned()))
    }

    fn end(mut self) -> io::Result<()> {
        drop(self.child.stdin.take());
        self.child.wait().map(drop)
    }
}

/// The figures of three fresh processes, fastest first.
fn thrice(upload: &[u8]) -> io::Result<[(f64, f64, String); 3]> {
    let once = || {
        let mut apart = Apart::start()?;
        let answer = apart.ask(upload)?;
        apart.end().map(|()| answer)
    };
    let mut answers = [once()?, once()?, once()?];
    answers.sort_by(|one, other| one.0.total_cmp(&other.0));
    Ok(answers)
}

fn damaged(mutants: u64) {
    let seeds = mutants::seeds();
    let (mut slowest, mut taken) = (0.0_f64, 0);
    for number in 0..mutants {
        let (time, result) = timed(&mutants::mutant(&seeds, number));
        slowest = slowest.max(time);
        if let Ok(photo) = result {
            assert_safe(&photo);
            taken += 1;
        }
    }
    println!(
        "{mutants} mutants of {} seeds: {taken} taken, {} refused; slowest {slowest:.0} ms, peak {:.0} MB",
        seeds.len(),
        mutants - taken,
        peak()
    );
}

fn main() -> io::Result<()> {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("-") {
        return serve();
    }
    damaged(argument.and_then(|number| number.parse().ok()).unwrap_or(6000));
    let (mut slowest, mut highest) = (0.0_f64, 0.0_f64);
    let mut warm = Apart::start()?;
    for (name, make) in COSTLY {
        let upload = make();
        assert!(upload.len() <= MAX_BYTES, "{name}: {} bytes", upload.len());
        let answers = thrice(&upload)?;
        let (time, peak, word) = &answers[1];
        println!("{name}: {} kB, {word}, {time:.0} ms, {peak:.0} MB (median of 3)", upload.len() / 1000);
        for (time, peak, _) in &answers {
            (slowest, highest) = (slowest.max(*time), highest.max(*peak));
        }
        warm.ask(&upload)?;
    }
    // A function lives on from photo to photo, and what its allocator keeps counts.
    let (_, after_all, _) = warm.ask(&as_jpeg(&portrait(600, 800), 90))?;
    warm.end()?;
    println!("slowest {slowest:.0} ms; highest peak {highest:.0} MB, {after_all:.0} MB all in one process");
    Ok(())
}
