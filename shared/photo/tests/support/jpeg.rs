//! JPEGs from their parts: any frame, sampling and scans, and EXIF.

use super::Numbers;

/// A component: across, down.
pub type Sampling = (u8, u8);

/// A scan: its components by number, first and last coefficient, bits before and now, coded data.
pub struct Scan {
    pub components: Vec<u8>,
    pub band: (u8, u8),
    pub bits: (u8, u8),
    pub coded: Vec<u8>,
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).expect("short");
    [&[0xFF, marker], length.to_be_bytes().as_slice(), body].concat()
}

/// Coefficient tables of ones, and codes in which a run of zero bits is a run of "nothing more here".
fn tables() -> Vec<u8> {
    let mut quantization = vec![0];
    quantization.extend([1; 64]);
    // Twelve codes of four bits: the sizes of the first coefficient.
    let mut first = vec![0x00, 0, 0, 0, 12];
    first.extend([0; 12]);
    first.extend(0..12);
    // One code each of one to four bits: the end of the block, and three short runs.
    let mut others = vec![0x10, 1, 1, 1, 1];
    others.extend([0; 12]);
    others.extend([0x00, 0x01, 0x11, 0x02]);
    [segment(0xDB, &quantization), segment(0xC4, &first), segment(0xC4, &others)].concat()
}

/// A whole JPEG: `coding` is C0 for a plain one, C2 for a progressive one.
pub fn raw(coding: u8, width: u16, height: u16, components: &[Sampling], scans: &[Scan]) -> Vec<u8> {
    let mut frame = vec![8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.push(u8::try_from(components.len()).expect("few"));
    for (number, (across, down)) in (1..).zip(components) {
        frame.extend([number, across << 4 | down, 0]);
    }
    let mut bytes = [vec![0xFF, 0xD8], tables(), segment(coding, &frame)].concat();
    for scan in scans {
        let mut head = vec![u8::try_from(scan.components.len()).expect("few")];
        head.extend(scan.components.iter().flat_map(|number| [*number, 0]));
        head.extend([scan.band.0, scan.band.1, scan.bits.0 << 4 | scan.bits.1]);
        bytes.extend(segment(0xDA, &head));
        bytes.extend(&scan.coded);
    }
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// Coded data that says nothing, for so many blocks of at most `bits` each.
pub fn nothing(width: u16, height: u16, bits: usize) -> Vec<u8> {
    vec![0; (usize::from(width).div_ceil(8) + 4) * (usize::from(height).div_ceil(8) + 4) * bits / 8 + 64]
}

/// The first scan of a progressive picture, with four zero bits for each block and not one more: there
/// the decoder wants the next marker where the blocks end.
fn first_pass(width: u16, height: u16, components: &[Sampling]) -> Vec<u8> {
    let across = components.iter().map(|sampling| u16::from(sampling.0)).max().unwrap_or(1);
    let down = components.iter().map(|sampling| u16::from(sampling.1)).max().unwrap_or(1);
    let units = usize::from(width.div_ceil(8 * across)) * usize::from(height.div_ceil(8 * down));
    let blocks: usize = components.iter().map(|sampling| units * usize::from(sampling.0 * sampling.1)).sum();
    vec![0; blocks.div_ceil(2)]
}

/// Coded data that says anything.
pub fn anything(length: usize) -> Vec<u8> {
    let mut numbers = Numbers(length as u64);
    (0..length).map(|_| numbers.byte()).filter(|byte| *byte != 0xFF).collect()
}

/// A plain JPEG in one scan.
pub fn plain(width: u16, height: u16, components: &[Sampling], coded: Vec<u8>) -> Vec<u8> {
    let all = (1..).zip(components).map(|(number, _)| number).collect();
    raw(0xC0, width, height, components, &[Scan { components: all, band: (0, 63), bits: (0, 0), coded }])
}

/// A plain JPEG with one scan for each component, so that the decoder keeps all coefficients.
pub fn one_by_one(width: u16, height: u16, components: &[Sampling], coded: &[u8]) -> Vec<u8> {
    let scan = |number| Scan { components: vec![number], band: (0, 63), bits: (0, 0), coded: coded.to_vec() };
    let scans: Vec<Scan> = (1..).zip(components).map(|(number, _)| scan(number)).collect();
    raw(0xC0, width, height, components, &scans)
}

/// A progressive JPEG with `passes` passes over the coefficients after the first.
pub fn progressive(width: u16, height: u16, components: &[Sampling], passes: u8, coded: &[u8]) -> Vec<u8> {
    let all: Vec<u8> = (1..).zip(components).map(|(number, _)| number).collect();
    let coded_first = first_pass(width, height, components);
    let mut scans = vec![Scan { components: all.clone(), band: (0, 0), bits: (0, 0), coded: coded_first }];
    for pass in 0..passes {
        let component = all[usize::from(pass) % all.len()];
        let bits = if usize::from(pass) < all.len() { (0, 1) } else { (1, 0) };
        scans.push(Scan { components: vec![component], band: (1, 63), bits, coded: coded.to_vec() });
    }
    raw(0xC2, width, height, components, &scans)
}

/// The same file with EXIF after its start that gives this orientation, in either byte order.
pub fn with_orientation(jpeg: &[u8], orientation: u8, big: bool) -> Vec<u8> {
    let tiff: &[u8] = if big {
        &[b'M', b'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
    } else {
        &[b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
    };
    with_segment(jpeg, 0xE1, &[b"Exif\0\0", tiff].concat())
}

/// The same file with one more segment after its start.
pub fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    [&jpeg[..2], &segment(marker, body), &jpeg[2..]].concat()
}
