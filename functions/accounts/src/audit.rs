//! Who did what to an agency's record and account, and when, in plain words.

use std::collections::BTreeMap;

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response, page};
use palad_domain::audit::Line;
use palad_domain::policy::CanReadAudit;
use palad_domain::record::Office;
use serde::{Deserialize, Serialize};

use crate::App;

/// Where the list goes on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) before: u64,
}

#[derive(Serialize)]
pub(crate) struct List {
    pub(crate) items: Vec<View>,
    pub(crate) next: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct View {
    number: u64,
    at: Timestamp,
    who: Who,
    what: What,
    /// The officer whom it is about, where there is one whose name is known.
    about: Option<String>,
}

#[derive(Serialize)]
struct Who {
    /// None where nobody was signed in, but somebody had a mailed link or a code.
    office: Option<Office>,
    /// Which officer, for colleagues; an agency sees the office alone.
    hint: Option<String>,
}

#[derive(Serialize)]
struct What {
    th: String,
    en: String,
}

impl App {
    pub(crate) async fn read_audit(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let (session, agency) = self.about(request, now).await?;
        let leave = CanReadAudit::ask(&session, &agency, now).ok_or_else(ApiError::forbidden)?;
        let place = request.query("cursor").map(|cursor| page::decode::<Place>(&cursor)).transpose()?;
        let read = self.audit.page(&leave, place.map(|place| place.before)).await?;
        let names = if session.actor.staff().is_some() {
            let officers: Vec<&str> = read.lines.iter().filter_map(|line| line.staff.as_deref()).collect();
            self.audit.names(&officers).await?
        } else {
            BTreeMap::new()
        };
        let next = read.next.map(|before| page::encode(&Place { before })).transpose()?;
        let items = read.lines.into_iter().map(|line| view(&line, &names)).collect();
        Ok(Response::ok(&List { items, next }))
    }
}

pub(crate) fn view(line: &Line, names: &BTreeMap<String, String>) -> View {
    let words = line.words();
    View {
        number: line.number,
        at: line.at,
        who: Who {
            office: line.office,
            hint: line.staff.as_ref().and_then(|staff| names.get(staff)).cloned(),
        },
        what: What { th: words.th.into_owned(), en: words.en.into_owned() },
        about: line.about.as_ref().and_then(|about| names.get(about.as_str())).cloned(),
    }
}
