//! The limits of each field, written once: the checks here and the forms of the site both read them.

/// The longest prefix, in characters.
pub const PREFIX_MAX: usize = 40;
/// The longest first or last name, in characters.
pub const NAME_MAX: usize = 60;
/// The longest position, as in นักบริหารงานท้องถิ่น.
pub const POSITION_MAX: usize = 120;
/// The longest level, as in ระดับกลาง.
pub const LEVEL_MAX: usize = 60;
/// The longest affiliation.
pub const AFFILIATION_MAX: usize = 150;
/// The longest telephone entry, several numbers and their extensions together.
pub const PHONE_MAX: usize = 120;
/// The fewest digits of a password; the letters say six.
pub const PASSWORD_MIN: usize = 6;
/// The most digits of a password.
pub const PASSWORD_MAX: usize = 64;
/// The fewest characters of a staff passphrase.
pub const PASSPHRASE_MIN: usize = 15;
/// The most characters of a staff passphrase.
pub const PASSPHRASE_MAX: usize = 128;
/// The digits of a code from an app.
pub const TOTP_DIGITS: usize = 6;
/// The longest name of an officer, with prefix, first and last name.
pub const STAFF_NAME_MAX: usize = 120;
/// The digits of a mailed code.
pub const CODE_LENGTH: usize = 8;
/// The longest search text, in characters; more is cut off by the form and refused by the API.
pub const QUERY_MAX: usize = 100;
