//! Who owes, with the telephone numbers; and the calls that were noted.

use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::policy::{CanNoteCall, CanReadProgress};
use palad_domain::province::ProvinceCode;
use palad_domain::round::RoundId;
use palad_domain::round::list::{CallNote, ListLine};

use super::Rounds;
use super::codec::{ListItem, call_item, list_pk, read_list_item};
use crate::StoreError;
use crate::item::{Attributes, key, text};
use crate::registry::{AGENCY, agency_pk, codec};
use crate::session_check::check_version;
use crate::table::{get_many, query_all, values};
use crate::transaction::{Outcome, Transaction};

/// Agencies on one page.
const PAGE: usize = 50;

/// An agency that owes an answer.
#[derive(Clone, Debug)]
pub struct Owing {
    /// Its line of the list.
    pub line: ListLine,
    /// The agency as it is today, with its telephone; none where it is no longer on the list of agencies.
    pub agency: Option<Agency>,
    /// The calls that were noted, the latest first.
    pub calls: Vec<CallNote>,
}

/// A page of those who owe.
#[derive(Clone, Debug)]
pub struct CallList {
    /// In the order of their codes.
    pub items: Vec<Owing>,
    /// After which code the list goes on, if it does.
    pub next: Option<AgencyCode>,
}

/// The writes of a note, by name.
#[derive(Clone, Copy)]
enum Write {
    Line,
    Call,
    Session,
}

impl Rounds {
    /// Who owes in a province or district, after this agency.
    ///
    /// # Errors
    /// `NotFound` for the whole country, which has no such list; and the store's own.
    pub async fn owing(
        &self,
        leave: &CanReadProgress,
        id: RoundId,
        after: Option<&AgencyCode>,
    ) -> Result<CallList, StoreError> {
        let area = leave.area();
        let province = area.province().ok_or(StoreError::NotFound)?;
        let is_meant = |line: &ListLine| {
            line.standing.owes() && area.district().is_none_or(|district| line.district == district)
        };
        let mut items: Vec<Owing> = Vec::new();
        for item in self.list_after(id, province, after).await? {
            match item {
                ListItem::Line(line) if is_meant(&line) => {
                    items.push(Owing { line, agency: None, calls: Vec::new() });
                }
                ListItem::Line(_) => {}
                // Calls stand behind the line of their agency, the earliest first.
                ListItem::Call(code, call) => {
                    if let Some(owing) = items.last_mut().filter(|owing| owing.line.code == code) {
                        owing.calls.insert(0, call);
                    }
                }
            }
        }
        let next = (items.len() > PAGE).then(|| items[PAGE - 1].line.code.clone());
        items.truncate(PAGE);
        let keys = items.iter().map(|owing| key(agency_pk(&owing.line.code), AGENCY)).collect::<Vec<_>>();
        if !keys.is_empty() {
            for item in get_many(&self.client, self.registry.name(), keys).await? {
                let agency = codec::read_agency(&item)?;
                if let Some(owing) = items.iter_mut().find(|owing| owing.line.code == agency.code) {
                    owing.agency = Some(agency);
                }
            }
        }
        Ok(CallList { items, next })
    }

    async fn list_after(
        &self,
        id: RoundId,
        province: ProvinceCode,
        after: Option<&AgencyCode>,
    ) -> Result<Vec<ListItem>, StoreError> {
        // Behind the agency's line, and behind the calls to it.
        let after = after.map_or_else(|| "0".to_owned(), |code| format!("{code}$"));
        let bounds = [(":pk", text(list_pk(id, province))), (":after", text(after))];
        let query = self
            .client
            .query()
            .table_name(self.registry.name())
            .key_condition_expression("pk = :pk AND sk > :after")
            .set_expression_attribute_values(Some(values(bounds)))
            .consistent_read(true);
        query_all(query).await?.iter().map(read_list_item).collect()
    }

    /// Notes a call.
    ///
    /// # Errors
    /// `NotFound` when the round does not ask this agency; `SessionRevoked`; `UnderWay` when two calls are noted
    /// at the same moment; and the store's own.
    pub async fn note_call(
        &self,
        leave: &CanNoteCall,
        id: RoundId,
        call: &CallNote,
    ) -> Result<(), StoreError> {
        let registry = self.registry.name();
        let (code, province) = (leave.agency(), leave.province());
        let mut transaction = Transaction::new();
        let line = key(list_pk(id, province), code.as_str());
        transaction.check(Write::Line, registry, line, "attribute_exists(pk)", Attributes::new());
        let absent = Some(("attribute_not_exists(pk)", Attributes::new()));
        transaction.put(Write::Call, registry, call_item(id, province, code, call)?, absent);
        check_version(
            &mut transaction,
            Write::Session,
            &self.accounts,
            leave.actor(),
            leave.session_version(),
        );
        match transaction.run(&self.client).await? {
            Outcome::Done => Ok(()),
            Outcome::Refused(Write::Line, _) => Err(StoreError::NotFound),
            Outcome::Refused(Write::Call, _) => Err(StoreError::UnderWay),
            Outcome::Refused(Write::Session, _) => Err(StoreError::SessionRevoked),
        }
    }
}
