//! A list to take along: written into the bucket, and fetched from there.

use jiff::SignedDuration;
use palad_api::{ApiError, Request, Response};
use palad_bucket::{ExportFile, LINK_LIFE};
use palad_domain::export::List;
use palad_domain::fields::FieldErrors;
use palad_domain::policy::{Area, CanExport, is_shown};
use palad_domain::province::ProvinceCode;
use palad_domain::round::RoundId;
use palad_domain::say::say;
use palad_domain::session::Session;
use palad_thai::date::bangkok_day;

use crate::App;
use crate::lists::{Table, directory, name, owing, progress};
use crate::wire::{ExportWish, Exported};

impl App {
    pub(crate) async fn export(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let widest = Area::of(&session.actor).ok_or_else(ApiError::forbidden)?;
        let wish: ExportWish = request.json()?;
        let mut errors = FieldErrors::default();
        let list = list(&mut errors, &wish);
        let leave = match area(&mut errors, &wish, widest) {
            Some(area) => Some(CanExport::ask(&session, &area, now).ok_or_else(ApiError::forbidden)?),
            None => None,
        };
        let (Some(list), Some(leave)) = (list, leave) else {
            return Err(ApiError::invalid(errors));
        };
        let (table, agencies) = self.table(list, &leave, &session).await?;
        let name = name::of(list, leave.area(), bangkok_day(now));
        let rows = table.rows();
        let file = ExportFile {
            key: format!("{}.csv", self.random.id()),
            name: name.words.clone(),
            plain_name: name.plain,
            body: table.into_bytes(),
        };
        let url = self.export_files.write(file).await?;
        // What lies in the bucket is nobody's until somebody is told where; that somebody is, stands in the audit first.
        let [agencies, lines] = [agencies, rows].map(|number| u64::try_from(number).unwrap_or(u64::MAX));
        let export = leave.export(list, agencies, lines);
        self.export_log.note(&leave, &export, request.request_id(), now).await?;
        let expires_at = now + SignedDuration::try_from(LINK_LIFE).unwrap_or_default();
        let answer = Exported { url: &url, name: &name.words, rows, expires_at };
        Ok(Response::created(&answer, &url))
    }

    /// The list, and how many agencies it was made from.
    async fn table(
        &self,
        list: List,
        leave: &CanExport,
        session: &Session,
    ) -> Result<(Table, usize), ApiError> {
        if let List::Progress(id) | List::Owing(id) = list {
            self.look_whether_shown(id, session).await?;
        }
        Ok(match list {
            List::Directory => {
                let entries = self.exports.directory(leave).await?;
                (directory::table(&entries), entries.len())
            }
            List::Progress(id) => {
                let lines = self.exports.lines(leave, id).await?;
                (progress::table(&lines), lines.len())
            }
            List::Owing(id) => {
                let lines = self.exports.lines(leave, id).await?;
                (owing::table(&lines), lines.len())
            }
        })
    }

    /// A round that the caller is not shown is not there.
    async fn look_whether_shown(&self, id: RoundId, session: &Session) -> Result<(), ApiError> {
        let round = self.exports.round(id).await?.ok_or_else(ApiError::not_found)?;
        if is_shown(&round, &session.actor) { Ok(()) } else { Err(ApiError::not_found()) }
    }
}

fn list(errors: &mut FieldErrors, wish: &ExportWish) -> Option<List> {
    let of_round: Option<fn(RoundId) -> List> = match wish.list.as_deref() {
        Some("directory") => None,
        Some("progress") => Some(List::Progress),
        Some("owing") => Some(List::Owing),
        _ => {
            errors.add(
                "/list",
                say(
                    "กรุณาเลือกรายการที่จะดาวน์โหลด (directory, progress หรือ owing)",
                    "Choose the list: directory, progress or owing.",
                ),
            );
            return None;
        }
    };
    match (of_round, wish.round.as_deref().map(str::trim).filter(|round| !round.is_empty())) {
        (None, None) => Some(List::Directory),
        (None, Some(_)) => {
            let none =
                say("ทำเนียบปลัดไม่ขึ้นกับรอบ ไม่ต้องระบุรอบ", "The directory is of no round. Leave the round away.");
            errors.add("/round", none);
            None
        }
        (Some(_), None) => {
            errors.add("/round", say("กรุณาเลือกรอบ", "Choose the round."));
            None
        }
        (Some(of_round), Some(round)) => errors.keep("/round", round.parse()).map(of_round),
    }
}

/// The area that is named, or all that is in the caller's care.
fn area(errors: &mut FieldErrors, wish: &ExportWish, widest: Area) -> Option<Area> {
    let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let province: Option<ProvinceCode> = match said(&wish.province) {
        Some(code) => Some(errors.keep("/province", code.parse())?),
        None => None,
    };
    let district = said(&wish.district).map(|name| palad_thai::tidy(&name).text);
    let chosen = Area::chosen(widest, province, district);
    if chosen.is_none() {
        errors.add("/province", say("กรุณาเลือกจังหวัด", "Choose the province."));
    }
    chosen
}
