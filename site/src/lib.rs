//! The website: every page, stylesheet, module and font as bytes, with the headers they are served
//! with.
//!
//! Pages are written once, in Rust, for both languages: a text is given as Thai and English together,
//! so a page without its translation does not compile. There is nothing to render at request time:
//! [`files`] gives static files, which a bucket behind a CDN, or the local runner, hands out as they are.
//! What moves on a page is done by the small modules under `src/modules`, one for one with what the
//! browser loads: no bundler, no framework. They are named by their content, so they can be cached for
//! ever, and a page names every module it begins with, so that they load side by side; what only an act
//! or a refusal needs is fetched then.
//!
//! On purpose absent: any check of a field (the functions check, and their answers are shown at the
//! field), any inline script or style (see [`headers`]), and any text that only one language has.

mod assets;
mod config;
mod frame;
mod headers;
mod icons;
mod lang;
mod modules;
mod pages;
mod parts;
mod pictures;
mod rules;
#[cfg(test)]
mod tests;

pub use config::SiteConfig;
pub use headers::headers;
pub use lang::Lang;

/// One file of the site.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is found, from the root: `/register/index.html`, `/assets/form.<hash>.js`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// How long it may be kept.
    pub cache_control: &'static str,
    /// What it says.
    pub body: Vec<u8>,
}

/// For pages: kept, but asked about each time.
const REVALIDATE: &str = "public, max-age=0, must-revalidate";

/// What a search engine has no business with: pages that nobody sees without signing in.
const ROBOTS: &str = "User-agent: *\nDisallow: /api/\nDisallow: /office\nDisallow: /en/office\n\
     Disallow: /account\nDisallow: /en/account\nDisallow: /staff/\nDisallow: /en/staff/\n";

/// All files of the site, in a fixed order: the same settings give the same bytes.
///
/// A page with the path `/register/index.html` is linked to as `/register`.
#[must_use]
pub fn files(config: &SiteConfig) -> Vec<File> {
    let assets = assets::Assets::new(config);
    let mut files: Vec<File> = pages::all()
        .iter()
        .flat_map(|page| Lang::ALL.map(|lang| page.write(lang, config, &assets)))
        .collect();
    files.push(File {
        path: "/robots.txt".to_owned(),
        content_type: "text/plain; charset=utf-8",
        cache_control: REVALIDATE,
        body: ROBOTS.into(),
    });
    files.extend(assets.into_files());
    files
}
