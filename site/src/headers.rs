//! The headers that every file of the site is served with.
//!
//! The policy starts from nothing and allows the site's own files. Trusted Types are `'none'`: no
//! module may turn a string into markup, so a name with a tag in it can only ever be text.

use crate::SiteConfig;

const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
     geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// The response headers, for the CDN and for the local runner.
#[must_use]
pub fn headers(config: &SiteConfig) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("content-security-policy", content_security_policy(config)),
        ("x-content-type-options", "nosniff".to_owned()),
        ("x-frame-options", "DENY".to_owned()),
        ("referrer-policy", "same-origin".to_owned()),
        ("permissions-policy", PERMISSIONS.to_owned()),
        ("cross-origin-opener-policy", "same-origin".to_owned()),
        ("cross-origin-resource-policy", "same-origin".to_owned()),
    ];
    if config.https {
        headers.push(("strict-transport-security", "max-age=31536000; includeSubDomains".to_owned()));
    }
    headers
}

fn content_security_policy(config: &SiteConfig) -> String {
    let upload = config.upload_origin.as_ref().map(|origin| format!(" {origin}")).unwrap_or_default();
    let mut directives = vec![
        "default-src 'none'".to_owned(),
        "script-src 'self'".to_owned(),
        "style-src 'self'".to_owned(),
        "font-src 'self'".to_owned(),
        "img-src 'self'".to_owned(),
        format!("connect-src 'self'{upload}"),
        "form-action 'self'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "base-uri 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types 'none'".to_owned(),
    ];
    if config.https {
        directives.push("upgrade-insecure-requests".to_owned());
    }
    directives.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inline_and_nothing_foreign_but_the_upload() {
        let mut config = SiteConfig::default();
        let plain = content_security_policy(&config);
        assert!(plain.starts_with("default-src 'none'; script-src 'self'; "));
        for forbidden in ["unsafe", "data:", "http", "*"] {
            assert!(!plain.contains(forbidden), "{forbidden} in {plain}");
        }
        config.upload_origin = Some("https://photos.example".to_owned());
        assert!(content_security_policy(&config).contains("connect-src 'self' https://photos.example;"));
    }

    #[test]
    fn only_a_site_on_https_says_so() {
        let mut config = SiteConfig::default();
        let has = |config: &SiteConfig| {
            headers(config).iter().any(|(name, _)| *name == "strict-transport-security")
        };
        assert!(!has(&config));
        config.https = true;
        assert!(has(&config));
    }
}
