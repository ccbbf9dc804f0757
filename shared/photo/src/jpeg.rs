//! Reading a JPEG's markers, and copying only those that make pixels.
//!
//! The decoder is lenient: it takes half a file for a picture with a grey half, visits every block once
//! for each scan however many there are, and keeps every profile and comment. So the walk is done here:
//! one frame, few scans, an end marker; what comes after it is cut off, and metadata is not copied.

use image::metadata::Orientation;

use crate::Refusal;
use crate::plan::{Frame, Source};

/// Progressive files have about ten scans. Each costs a pass over all blocks.
const MAX_SCANS: u32 = 32;

/// The tables of a picture have some hundred bytes, those of many scans some thousands. Each is built
/// before any pixel is seen.
const MAX_TABLES: usize = 1 << 16;

/// An Adobe marker says whether three components are RGB; this many bytes of it matter.
const ADOBE_LENGTH: usize = 12;

struct Walk<'a> {
    upload: &'a [u8],
    at: usize,
    clean: Vec<u8>,
    header: Option<Header>,
    scans: u32,
    tables: usize,
    adobe: bool,
    orientation: Option<Orientation>,
}

/// What the frame's header says.
#[derive(Clone, Copy)]
struct Header {
    frame: Frame,
    components: u8,
    progressive: bool,
    /// The memory for the frame with the coefficients of all its blocks.
    memory: u64,
}

/// Reads a JPEG whose first bytes are known to be right.
pub(crate) fn read(upload: &[u8]) -> Result<Source, Refusal> {
    let mut walk = Walk {
        upload,
        at: 2,
        clean: vec![0xFF, 0xD8],
        header: None,
        scans: 0,
        tables: 0,
        adobe: false,
        orientation: None,
    };
    while !walk.step()? {}
    let header = walk.header.filter(|_| walk.scans > 0).ok_or(Refusal::Broken)?;
    let orientation = walk.orientation.unwrap_or(Orientation::NoTransforms);
    Ok(Source { clean: walk.clean, frame: header.frame, orientation })
}

impl<'a> Walk<'a> {
    /// Takes one marker with what belongs to it. True at the end marker.
    fn step(&mut self) -> Result<bool, Refusal> {
        let marker = self.marker()?;
        match marker {
            0xD9 => {
                self.clean.extend([0xFF, 0xD9]);
                return Ok(true);
            }
            // A restart marker or a filler between segments means nothing.
            0x01 | 0xD0..=0xD7 => {}
            0xC0..=0xC2 => self.frame(marker)?,
            0xDA => self.scan()?,
            // Tables: Huffman, quantization, restart interval.
            0xC4 | 0xDB | 0xDD => {
                let body = self.segment()?;
                self.tables += body.len();
                if self.tables > MAX_TABLES {
                    return Err(Refusal::Broken);
                }
                self.copy(marker, body);
            }
            0xE1 => self.exif()?,
            0xEE => self.adobe()?,
            // Other applications' data, extensions and comments are left behind.
            0xE0..=0xFE => {
                self.segment()?;
            }
            // Lossless, arithmetic and hierarchical coding, a height that comes later, and what is reserved.
            _ => return Err(Refusal::Broken),
        }
        Ok(false)
    }

    fn byte(&mut self) -> Result<u8, Refusal> {
        let byte = *self.upload.get(self.at).ok_or(Refusal::Truncated)?;
        self.at += 1;
        Ok(byte)
    }

    fn marker(&mut self) -> Result<u8, Refusal> {
        if self.byte()? != 0xFF {
            return Err(Refusal::Broken);
        }
        loop {
            match self.byte()? {
                0xFF => {}
                marker => return Ok(marker),
            }
        }
    }

    /// The body of a segment, without its length.
    fn segment(&mut self) -> Result<&'a [u8], Refusal> {
        let length = usize::from(u16::from_be_bytes([self.byte()?, self.byte()?]));
        let length = length.checked_sub(2).ok_or(Refusal::Broken)?;
        let body = self.upload.get(self.at..self.at + length).ok_or(Refusal::Truncated)?;
        self.at += length;
        Ok(body)
    }

    fn copy(&mut self, marker: u8, body: &[u8]) {
        // A body comes from a segment or is shorter than one, so that its length fits.
        let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
        self.clean.extend([0xFF, marker]);
        self.clean.extend(length.to_be_bytes());
        self.clean.extend(body);
    }

    fn frame(&mut self, marker: u8) -> Result<(), Refusal> {
        let body = self.segment()?;
        let [8, h1, h0, w1, w0, count, components @ ..] = body else { return Err(Refusal::Broken) };
        if self.header.is_some() || components.len() != usize::from(*count) * 3 {
            return Err(Refusal::Broken);
        }
        match *count {
            1 | 3 => {}
            4 => return Err(Refusal::Cmyk),
            _ => return Err(Refusal::Broken),
        }
        let (width, height) = (u16::from_be_bytes([*w1, *w0]), u16::from_be_bytes([*h1, *h0]));
        let pixels = u64::from(width) * u64::from(height) * u64::from(*count);
        let frame = Frame::within_limits(width.into(), height.into(), pixels)?;
        let memory = pixels + coefficients(width.into(), height.into(), components)?;
        self.header = Some(Header { frame, components: *count, progressive: marker == 0xC2, memory });
        self.copy(marker, body);
        Ok(())
    }

    /// The header of a scan and its coded data, up to the next marker that is neither stuffing nor a restart.
    fn scan(&mut self) -> Result<(), Refusal> {
        let body = self.segment()?;
        self.scans += 1;
        let Header { frame, components, progressive, memory } = self.header.ok_or(Refusal::Broken)?;
        if self.scans > MAX_SCANS {
            return Err(Refusal::Broken);
        }
        // Blocks that one scan does not finish are kept until the last one.
        if progressive || body.first() != Some(&components) {
            Frame::within_limits(frame.width, frame.height, memory)?;
        }
        self.copy(0xDA, body);
        let coded = self.upload.get(self.at..).unwrap_or_default();
        let length = coded
            .windows(2)
            .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7))
            .ok_or(Refusal::Truncated)?;
        self.clean.extend(&coded[..length]);
        self.at += length;
        Ok(())
    }

    fn exif(&mut self) -> Result<(), Refusal> {
        let body = self.segment()?;
        if let Some(exif) = body.strip_prefix(b"Exif\0\0") {
            self.orientation = self.orientation.or_else(|| Orientation::from_exif_chunk(exif));
        }
        Ok(())
    }

    fn adobe(&mut self) -> Result<(), Refusal> {
        let body = self.segment()?;
        if let Some(start) =
            body.get(..ADOBE_LENGTH).filter(|start| start.starts_with(b"Adobe") && !self.adobe)
        {
            self.adobe = true;
            self.copy(0xEE, start);
        }
        Ok(())
    }
}

/// The memory for the coefficients of all blocks, two bytes for each.
fn coefficients(width: u64, height: u64, components: &[u8]) -> Result<u64, Refusal> {
    let factors = components.chunks_exact(3).map(|component| (component[1] >> 4, component[1] & 15));
    let factors: Vec<(u64, u64)> = factors.map(|(across, down)| (across.into(), down.into())).collect();
    if factors.iter().any(|(across, down)| !(1..=4).contains(across) || !(1..=4).contains(down)) {
        return Err(Refusal::Broken);
    }
    let most_across = factors.iter().map(|factor| factor.0).max().unwrap_or(1);
    let most_down = factors.iter().map(|factor| factor.1).max().unwrap_or(1);
    let units = width.div_ceil(8 * most_across) * height.div_ceil(8 * most_down);
    let blocks: u64 = factors.iter().map(|(across, down)| units * across * down).sum();
    Ok(blocks * 64 * 2)
}
