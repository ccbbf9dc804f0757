//! The list for each officer of a province office: who owes, with telephones.

use palad_domain::agency::{Agency, AgencyCode};
use palad_domain::mail::{MailOrder, Occasion};
use palad_domain::province::ProvinceCode;
use palad_domain::record::Ledger;
use palad_domain::round::Round;
use palad_domain::round::list::ListLine;
use palad_domain::round::reminder::{Digest, Owing, StepOf};
use palad_domain::round::tally::Tally;
use palad_store::{RosterLine, StoreError};
use palad_thai::order::ThaiOrder;

use crate::App;

impl App {
    /// Orders the list of a province for each of its officers; nothing where nobody owes, or there is no officer.
    pub(crate) async fn order_digests(
        &self,
        round: &Round,
        of: StepOf,
        province: ProvinceCode,
    ) -> Result<(), StoreError> {
        let officers = self.officers.of_province(province).await?;
        if officers.is_empty() {
            return Ok(());
        }
        let (tally, owing) = self.owing(round, province).await?;
        if owing.is_empty() {
            return Ok(());
        }
        let order = |officer: palad_store::Officer| {
            let digest = Digest { to: officer.email, province, of, tally, owing: owing.clone() };
            MailOrder { key: digest.key(&officer.id), occasion: Occasion::Digest(Box::new(digest)) }
        };
        let orders: Vec<MailOrder> = officers.into_iter().map(order).collect();
        self.queue.order_all(&orders).await
    }

    /// Where the agencies of a province stand, and those that owe, in the order of districts and names.
    async fn owing(&self, round: &Round, province: ProvinceCode) -> Result<(Tally, Vec<Owing>), StoreError> {
        let (mut tally, mut owing) = (Tally::default(), Vec::new());
        let mut after = None;
        loop {
            let page = self.roster.page(round.id, province, after.as_ref()).await?;
            let codes: Vec<AgencyCode> = page
                .lines
                .iter()
                .filter(|line| !line.ledger.answers.contains_key(&round.id))
                .map(|line| line.line.code.clone())
                .collect();
            let mut reaches = self.reaches.of(&codes, self.clock.now()).await?;
            for RosterLine { line, ledger } in page.lines {
                let reached = reaches.remove(&line.code).unwrap_or_default();
                let now = line.recounted(
                    reached.reach.has_account,
                    reached.reach.is_unreachable,
                    ledger.answers.get(&round.id),
                    round.terms.dates.deadline(),
                );
                tally += now.tally();
                if now.standing.owes() {
                    owing.push(owes(&now, reached.agency.as_ref(), &ledger));
                }
            }
            match page.next {
                Some(code) => after = Some(code),
                None => break,
            }
        }
        let order = ThaiOrder::new();
        owing.sort_by(|one, other| {
            let by_district = order.compare(&one.district, &other.district);
            by_district.then_with(|| order.compare(&one.name, &other.name))
        });
        Ok((tally, owing))
    }
}

/// The line of an agency that owes. Its telephone is the one of the official list, or else the one of its record.
fn owes(line: &ListLine, agency: Option<&Agency>, ledger: &Ledger) -> Owing {
    let view = agency.map_or_else(|| line.view(), Agency::view);
    let official = agency.and_then(|agency| agency.official_phone.as_ref()).map(ToString::to_string);
    let of_record = || {
        let person = ledger.current.as_ref()?.post.person()?;
        Some(person.office_phones()).filter(|phones| !phones.is_empty())
    };
    Owing {
        district: view.district,
        name: view.full_name,
        standing: line.standing,
        telephone: official.or_else(of_record),
    }
}
