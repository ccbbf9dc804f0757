//! Staff: a passphrase and a second factor, both always; and accepting an invitation, which sets them.

mod acceptance;
mod qr;
mod recovery;
mod second_factor;
mod sign_in;
mod totp;
