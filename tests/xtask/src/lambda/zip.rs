//! A zip of one program, the same bytes whenever and wherever it is made: a deployment then shows what
//! has changed and nothing else.

use libdeflater::{CompressionLvl, Compressor, crc32};

/// What a zip writes for 1 January 1980, its first day.
const DAY_ONE: u16 = (1 << 5) | 1;
/// Deflate.
const METHOD: u16 = 8;
/// Made on Unix, by version 2.0 of the format.
const MADE_BY: u16 = (3 << 8) | 20;
/// A regular file that everybody may run.
const MODE: u32 = 0o100_755 << 16;

/// A zip that holds `content` as the program `name`.
pub(crate) fn of_program(name: &str, content: &[u8]) -> Result<Vec<u8>, String> {
    let mut packer = Compressor::new(CompressionLvl::best());
    let mut packed = vec![0; packer.deflate_compress_bound(content.len())];
    let length = packer.deflate_compress(content, &mut packed);
    packed.truncate(length.map_err(|error| format!("cannot pack {name}: {error}"))?);
    let size = |length: usize| u32::try_from(length).map_err(|_| format!("{name} is too large for a zip"));
    let (packed_size, full_size, name_size) = (size(packed.len())?, size(content.len())?, size(name.len())?);
    let [name_low, name_high, ..] = name_size.to_le_bytes();
    // What stands both before the content and in the list at the end.
    let mut facts = Vec::new();
    for number in [20, 0, METHOD, 0, DAY_ONE] {
        facts.extend(u16::to_le_bytes(number));
    }
    for number in [crc32(content), packed_size, full_size] {
        facts.extend(number.to_le_bytes());
    }
    facts.extend([name_low, name_high, 0, 0]);

    let mut zip = b"PK\x03\x04".to_vec();
    zip.extend(&facts);
    zip.extend(name.as_bytes());
    zip.extend(packed);
    let list_at = size(zip.len())?;
    zip.extend(b"PK\x01\x02");
    zip.extend(MADE_BY.to_le_bytes());
    zip.extend(&facts);
    zip.extend([0; 6]);
    zip.extend(MODE.to_le_bytes());
    zip.extend([0; 4]);
    zip.extend(name.as_bytes());
    let list_size = size(zip.len())? - list_at;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(list_size.to_le_bytes());
    zip.extend(list_at.to_le_bytes());
    zip.extend([0; 2]);
    Ok(zip)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn a_zip_is_always_the_same_and_gives_back_what_it_was_made_of() {
        let content = b"a program ".repeat(1000);
        let zip = of_program("bootstrap", &content).expect("a zip");
        assert_eq!(zip, of_program("bootstrap", &content).expect("a zip"));
        assert!(zip.len() < content.len() / 10);
        let mut unpacked = Vec::new();
        DeflateDecoder::new(&zip[30 + "bootstrap".len()..]).read_to_end(&mut unpacked).expect("content");
        assert_eq!(unpacked, content);
    }
}
