//! PNGs from their parts: any colour type and depth, interlaced or not, with any chunk.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::Numbers;

pub const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    let length = u32::try_from(data.len()).expect("short");
    [&length.to_be_bytes(), name.as_slice(), data, &crc.sum().to_be_bytes()].concat()
}

pub fn header(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> Vec<u8> {
    let mut data = [width.to_be_bytes(), height.to_be_bytes()].concat();
    data.extend([depth, colour, 0, 0, u8::from(interlaced)]);
    chunk(b"IHDR", &data)
}

/// A stream of `length` zeros, packed.
pub fn zeros(length: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let block = [0; 1 << 16];
    let mut left = length;
    while left > 0 {
        let part = left.min(block.len());
        encoder.write_all(&block[..part]).expect("writes");
        left -= part;
    }
    encoder.finish().expect("packs")
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("writes");
    encoder.finish().expect("packs")
}

/// The lengths of the rows as they are stored, without their filter bytes.
pub fn rows(width: u32, height: u32, bits: u32, interlaced: bool) -> Vec<usize> {
    // Column and row of the first pixel of each pass, and the distances to the next.
    const PASSES: [[u32; 4]; 7] =
        [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];
    let passes: &[[u32; 4]] = if interlaced { &PASSES } else { &[[0, 0, 1, 1]] };
    let row = |[x, y, across, down]: &[u32; 4]| {
        let columns = width.saturating_sub(*x).div_ceil(*across);
        let lines = height.saturating_sub(*y).div_ceil(*down);
        let length = (columns as usize * bits as usize).div_ceil(8);
        vec![length; if columns == 0 { 0 } else { lines as usize }]
    };
    passes.iter().flat_map(row).collect()
}

/// A whole PNG of this kind with made-up pixels, in all five row filters.
pub fn any(width: u32, height: u32, depth: u8, colour: u8, interlaced: bool) -> Vec<u8> {
    let channels = match colour {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let mut numbers = Numbers(u64::from(depth) * 8 + u64::from(colour));
    let mut raw = Vec::new();
    for (number, length) in
        rows(width, height, channels * u32::from(depth), interlaced).into_iter().enumerate()
    {
        raw.push(u8::try_from(number % 5).expect("small"));
        raw.extend((0..length).map(|_| numbers.byte() & 3));
    }
    let mut parts = vec![SIGNATURE.to_vec(), header(width, height, depth, colour, interlaced)];
    if colour == 3 {
        let palette: Vec<u8> = (0..(1_usize << depth) * 3).map(|_| numbers.byte()).collect();
        parts.push(chunk(b"PLTE", &palette));
        parts.push(chunk(b"tRNS", &[0, 128]));
    }
    parts.push(chunk(b"IDAT", &packed(&raw)));
    parts.push(chunk(b"IEND", &[]));
    parts.concat()
}

/// The same file with one more chunk after its header.
pub fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let (before, after) = png.split_at(SIGNATURE.len() + 25);
    [before, &chunk(name, data), after].concat()
}
