//! Writes the site to a folder, for deployment: `palad-site FOLDER`, or `palad-site headers` for the
//! response headers as lines.
//!
//! Settings come from the environment: `HELP_TELEPHONE`, `HELP_LINE_URL`, `UPLOAD_ORIGIN`. A deployed site
//! is served by HTTPS alone.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use palad_environment::Variables;
use palad_site::{SiteConfig, files, headers};

fn main() -> ExitCode {
    let config = config(&Variables::of_process());
    let done = match std::env::args().nth(1).as_deref() {
        None => Err(io::Error::other("usage: palad-site FOLDER | headers")),
        Some("headers") => print_headers(&config),
        Some(folder) => write(&config, Path::new(folder)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("palad-site: {error}");
            ExitCode::FAILURE
        }
    }
}

fn config(variables: &Variables) -> SiteConfig {
    let default = SiteConfig::default();
    SiteConfig {
        help_telephone: variables.get("HELP_TELEPHONE").unwrap_or(default.help_telephone),
        help_line_url: variables.get("HELP_LINE_URL"),
        upload_origin: variables.get("UPLOAD_ORIGIN"),
        photos: default.photos,
        https: true,
        banner: None,
    }
}

fn print_headers(config: &SiteConfig) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for (name, value) in headers(config) {
        writeln!(out, "{name}: {value}")?;
    }
    Ok(())
}

fn write(config: &SiteConfig, folder: &Path) -> io::Result<()> {
    for file in files(config) {
        let path = folder.join(file.path.trim_start_matches('/'));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(&path, &file.body)?;
    }
    Ok(())
}
