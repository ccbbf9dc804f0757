//! How far a round is: country, province, district, agency. At every level the numbers add up to those below.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use palad_api::{ApiError, Request, Response};
use palad_domain::fields::FieldErrors;
use palad_domain::policy::{Area, CanReadProgress, is_shown};
use palad_domain::province::ProvinceCode;
use palad_domain::round::list::{Curve, ListLine};
use palad_domain::round::tally::{Standing, Tally};
use palad_domain::round::{Round, RoundState};
use palad_domain::say::{Say, say};
use palad_domain::session::{Actor, Session};
use palad_store::Parts;
use palad_thai::date::bangkok_day;

use crate::App;
use crate::asking::round_id;
use crate::wire::{AgencyRow, AreaRow, CurvePoint, Progress, Summary, TallyView};

impl App {
    pub(crate) async fn progress(&self, request: &Request) -> Result<Response, ApiError> {
        let now = self.clock.now();
        let session = request.session(&self.verifier, now)?;
        let leave = leave(request, &session, now)?;
        let named: Option<Named> = request.query_as("standing")?;
        let found = self.rounds.progress(&leave, round_id(request)?).await?;
        let found = found.filter(|found| is_shown(&found.round, &session.actor));
        let found = found.ok_or_else(ApiError::not_found)?;
        let area = leave.area();
        let (tally, areas, agencies) = match &found.parts {
            Parts::Provinces(provinces) => {
                let rows = provinces.iter().map(|(code, tally)| AreaRow::of_province(*code, tally)).collect();
                (sum(provinces.iter().map(|(_, tally)| *tally)), rows, Vec::new())
            }
            Parts::Agencies(lines) => {
                let is_district = area.district().is_some();
                let areas = if is_district { Vec::new() } else { AreaRow::of_districts(&districts(lines)) };
                let named = named.or(is_district.then_some(Named::All));
                let is_named = |line: &&ListLine| named.is_some_and(|named| named.holds(line));
                let rows = lines.iter().filter(is_named).map(AgencyRow::of).collect();
                (sum(lines.iter().map(ListLine::tally)), areas, rows)
            }
        };
        let level = match area {
            Area::Country => "country",
            Area::Province(_) => "province",
            Area::District { .. } => "district",
        };
        Ok(Response::ok(&Progress {
            round: Summary::of(&found.round, now),
            level,
            province: area.province(),
            district: area.district(),
            curve: curve(&found.round, area, &found.curve, &tally, now),
            tally: TallyView::of(&tally),
            areas,
            agencies,
        }))
    }
}

/// Which agencies of a province or district are named one by one: those that one of its numbers counts.
#[derive(Clone, Copy, Debug)]
enum Named {
    All,
    Answered,
    Owing,
    Late,
    At(Standing),
}

impl Named {
    fn holds(self, line: &ListLine) -> bool {
        let tally = line.tally();
        match self {
            Self::All => true,
            Self::Answered => tally.answered() > 0,
            Self::Owing => line.standing.owes(),
            Self::Late => tally.late() > 0,
            Self::At(standing) => line.standing == standing,
        }
    }
}

impl FromStr for Named {
    type Err = Say;

    fn from_str(text: &str) -> Result<Self, Say> {
        match text {
            "all" => Ok(Self::All),
            "answered" => Ok(Self::Answered),
            "owing" => Ok(Self::Owing),
            "late" => Ok(Self::Late),
            "exempt" => Ok(Self::At(Standing::Exempt)),
            "not_registered" => Ok(Self::At(Standing::NotRegistered)),
            "silent" => Ok(Self::At(Standing::Silent)),
            "unreachable" => Ok(Self::At(Standing::Unreachable)),
            "confirmed" => Ok(Self::At(Standing::Confirmed)),
            "updated" => Ok(Self::At(Standing::Updated)),
            "vacant" => Ok(Self::At(Standing::Vacant)),
            _ => Err(say("ไม่มีรายการนี้", "This is the name of one of the counts, such as silent.")),
        }
    }
}

/// Leave to look at the area that the query names, or at all that is in the caller's care.
pub(crate) fn leave(
    request: &Request,
    session: &Session,
    now: Timestamp,
) -> Result<CanReadProgress, ApiError> {
    let widest = Area::of(&session.actor).ok_or_else(ApiError::forbidden)?;
    let named: Option<ProvinceCode> = request.query_as("province")?;
    let district = request.query("district").map(|name| palad_thai::tidy(&name).text);
    let area = Area::chosen(widest, named, district).ok_or_else(province_missing)?;
    CanReadProgress::ask(session, &area, now).ok_or_else(ApiError::forbidden)
}

pub(crate) fn province_missing() -> ApiError {
    let missing = say("กรุณาเลือกจังหวัด", "Choose the province.");
    ApiError::invalid(FieldErrors::one("?province", missing))
}

pub(crate) fn is_central(session: &Session) -> bool {
    matches!(session.actor, Actor::Central { .. })
}

fn districts(lines: &[ListLine]) -> BTreeMap<&str, Tally> {
    let mut districts: BTreeMap<&str, Tally> = BTreeMap::new();
    for line in lines {
        *districts.entry(&line.district).or_default() += line.tally();
    }
    districts
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    let mut all = Tally::default();
    tallies.for_each(|tally| all += tally);
    all
}

/// The days that have ended, and today as it is now while the round takes answers.
fn curve(round: &Round, area: &Area, kept: &Curve, tally: &Tally, now: Timestamp) -> Vec<CurvePoint> {
    let mut days = kept.0.clone();
    let today = bangkok_day(now);
    let dates = &round.terms.dates;
    let is_running = round.state == RoundState::Open && dates.opens() <= today && today <= dates.closes();
    if is_running && area.district().is_none() {
        days.insert(today, *tally);
    }
    let point =
        |(day, tally): (&_, &Tally)| CurvePoint { day: *day, answered: tally.answered(), all: tally.all() };
    days.iter().map(point).collect()
}
