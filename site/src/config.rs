//! What differs from one place where the site is served to another.

use palad_domain::say::Say;

/// The settings of the site.
#[derive(Clone, Debug)]
pub struct SiteConfig {
    /// The number to call for help, as people write it.
    pub help_telephone: String,
    /// The invitation to the LINE group that answers questions, shown as a link and as a QR code.
    pub help_line_url: Option<String>,
    /// The origin that photos are uploaded to, such as `https://bucket.s3.ap-southeast-1.amazonaws.com`.
    pub upload_origin: Option<String>,
    /// Whether the record's form takes photos; there must be a function that does.
    pub photos: bool,
    /// Whether it is served by HTTPS alone; then browsers are told never to try anything else.
    pub https: bool,
    /// A line on top of every page, for a system that is not the real one.
    pub banner: Option<Say>,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self {
            help_telephone: "0 2225 8965".to_owned(),
            help_line_url: None,
            upload_origin: None,
            photos: true,
            https: false,
            banner: None,
        }
    }
}
