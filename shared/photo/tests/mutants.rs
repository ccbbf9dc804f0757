//! Thousands of damaged files: none makes a decoder panic, and what is made of them is safe.

mod support;

use std::sync::atomic::{AtomicU32, Ordering};

use palad_photo::make_safe;
use support::{assert_safe, mutants};

#[test]
fn no_damaged_file_panics_or_gives_an_unsafe_photo() {
    // A panic inside a decoder is turned into a refusal, so that it is counted where it begins.
    static PANICS: AtomicU32 = AtomicU32::new(0);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        hook(info);
    }));
    let seeds = mutants::seeds();
    for (number, seed) in seeds.iter().enumerate() {
        let photo = make_safe(seed);
        assert!(photo.is_ok(), "seed {number}: {photo:?}");
    }
    let (mut taken, mut refused) = (0, 0);
    for number in 0..2400 {
        match make_safe(&mutants::mutant(&seeds, number)) {
            Ok(photo) => {
                assert_safe(&photo);
                taken += 1;
            }
            Err(_) => refused += 1,
        }
        assert_eq!(PANICS.load(Ordering::Relaxed), 0, "mutant {number}");
    }
    // Both ways out are well trodden.
    assert!(taken > 400 && refused > 400, "{taken} taken, {refused} refused");
}
