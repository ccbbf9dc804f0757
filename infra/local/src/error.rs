//! Why the system cannot start: one sentence that says what to do.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::template::TemplateError;

/// Why the system cannot start. Shown as it is to the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder, or a file in it, cannot be read or written.
    #[error("cannot write the data folder {}: {}; choose another with --data", .0.display(), reason(.1))]
    Folder(PathBuf, std::io::Error),
    /// The data folder was made by another version, or is none of ours.
    #[error("the data folder {} {}; choose another with --data", .0.display(), .1)]
    Version(PathBuf, String),
    /// Another runner is at work in the data folder.
    #[error("a runner is already at work in the data folder {}; stop it, or choose another with --data", .0.display())]
    Locked(PathBuf),
    /// Somebody else listens on the port.
    #[error("port {0}, for the {1}, is taken by another program; stop that, or choose another with --port")]
    Port(u16, &'static str),
    /// The port cannot be listened on for another reason.
    #[error("cannot listen on port {0} for the {1}: {2}; choose another with --port")]
    Listen(u16, &'static str, std::io::Error),
    /// The templates are not understood.
    #[error("the template is not right: {0}")]
    Template(#[from] TemplateError),
    /// A part of the system did not come up.
    #[error("{0} did not start: {1}")]
    Part(&'static str, String),
}

impl StartError {
    /// What the process exits with: 2 where the data folder is of another version, otherwise 1.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Version(..) => 2,
            _ => 1,
        }
    }
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "it may not be written".to_owned(),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => "it is a file, not a folder".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
