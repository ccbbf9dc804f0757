//! Styles, fonts, modules and pictures under names that say their content.

use std::collections::BTreeMap;

use data_encoding::BASE32_DNSSEC;
use ring::digest::{SHA256, digest};

use crate::icons;
use crate::modules::Import;
use crate::{File, Lang, SiteConfig, modules, pictures};

/// For files whose name is their content: kept for ever.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

const FONTS: [(&str, &[u8]); 4] = [
    ("sarabun-latin-400", include_bytes!("fonts/sarabun-latin-400.woff2")),
    ("sarabun-latin-700", include_bytes!("fonts/sarabun-latin-700.woff2")),
    ("sarabun-thai-400", include_bytes!("fonts/sarabun-thai-400.woff2")),
    ("sarabun-thai-700", include_bytes!("fonts/sarabun-thai-700.woff2")),
];

/// The parts of the stylesheet, in their order.
const STYLES: &[&str] = &[
    include_str!("styles/fonts.css"),
    include_str!("styles/tokens.css"),
    include_str!("styles/base.css"),
    include_str!("styles/frame.css"),
    include_str!("styles/form.css"),
    include_str!("styles/record.css"),
    include_str!("styles/photo.css"),
    include_str!("styles/directory.css"),
    include_str!("styles/account.css"),
    include_str!("styles/round.css"),
];

/// The assets, and the address of each by its short name.
#[derive(Debug)]
pub(crate) struct Assets {
    files: Vec<File>,
    /// `form.js` to `/assets/form.<hash>.js`.
    addresses: BTreeMap<String, String>,
    /// A module to all that it needs, itself included.
    needs: BTreeMap<String, Vec<String>>,
}

impl Assets {
    pub(crate) fn new(config: &SiteConfig) -> Self {
        let mut assets = Self { files: Vec::new(), addresses: BTreeMap::new(), needs: BTreeMap::new() };
        for (name, bytes) in FONTS {
            assets.add(name, "woff2", "font/woff2", bytes.to_vec());
        }
        let styles = assets.with_addresses(STYLES.concat(), |name| format!("url({name})"));
        assets.add("site", "css", "text/css; charset=utf-8", styles.into());
        assets.add("mark", "svg", "image/svg+xml", icons::mark_file().into());
        if let Some(code) = config.help_line_url.as_deref().and_then(icons::qr_file) {
            assets.add("line", "svg", "image/svg+xml", code.into());
        }
        for picture in pictures::ALL {
            for lang in Lang::ALL {
                let name = format!("{}-{}", picture.name, lang.tag());
                assets.add(&name, "webp", "image/webp", picture.bytes(lang).to_vec());
            }
        }
        assets.add("parts", "css", "text/css; charset=utf-8", swatches().into());
        // Apart from the rest, since only officers need it.
        assets.add("rounds", "css", "text/css; charset=utf-8", include_str!("styles/rounds.css").into());
        for module in modules::in_order() {
            let text = assets.with_addresses(module.text, |name| match name.strip_prefix("/assets/") {
                Some(hashed) => format!("'./{hashed}'"),
                None => format!("'./{name}'"),
            });
            assets.add(module.name, "js", "text/javascript; charset=utf-8", text.into());
            assets.note_needs(module.name, &module.imports);
        }
        assets
    }

    /// The address of `name`, such as `site.css`; the bare name where there is none, which the tests find.
    pub(crate) fn address(&self, name: &str) -> String {
        self.addresses.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
    }

    /// The addresses of all modules that the module `name` brings with it, itself first.
    pub(crate) fn modules_of(&self, name: &str) -> Vec<String> {
        self.needs
            .get(name)
            .map(|all| all.iter().map(|each| self.address(&format!("{each}.js"))).collect())
            .unwrap_or_default()
    }

    pub(crate) fn into_files(self) -> Vec<File> {
        self.files
    }

    fn add(&mut self, name: &str, ending: &str, content_type: &'static str, body: Vec<u8>) {
        // Each module names those it imports: a name costs every page as often as it is imported.
        let hash = BASE32_DNSSEC.encode(&digest(&SHA256, &body).as_ref()[..5]);
        let path = format!("/assets/{name}.{hash}.{ending}");
        self.addresses.insert(format!("{name}.{ending}"), path.clone());
        self.files.push(File { path, content_type, cache_control: FOR_EVER, body });
    }

    fn note_needs(&mut self, name: &str, imports: &[Import]) {
        let mut all = vec![name.to_owned()];
        for import in imports.iter().filter(|import| import.at_once) {
            for need in self.needs.get(&import.name).into_iter().flatten() {
                if !all.contains(need) {
                    all.push(need.clone());
                }
            }
        }
        self.needs.insert(name.to_owned(), all);
    }

    /// Replaces each known name that `write` finds in the text by its address.
    fn with_addresses(&self, text: String, write: impl Fn(&str) -> String) -> String {
        self.addresses.iter().fold(text, |text, (name, address)| text.replace(&write(name), &write(address)))
    }
}

/// The names of the colours in the tokens.
pub(crate) fn colours() -> Vec<&'static str> {
    let light = include_str!("styles/tokens.css").split("@media").next().unwrap_or_default();
    let declared = light.split("--").skip(1).filter_map(|rest| rest.split_once(": #"));
    declared.map(|(name, _)| name).collect()
}

/// The stylesheet of the page of parts: a square in each colour, since nothing may be inline.
fn swatches() -> String {
    let rules =
        colours().into_iter().map(|name| format!(".swatch-{name} {{ background: var(--{name}); }}\n"));
    include_str!("styles/parts.css").to_owned() + &rules.collect::<String>()
}
