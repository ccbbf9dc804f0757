//! The agencies of the tests: invented mailboxes, real kinds of names, and three that are called the
//! same.

use palad_domain::agency::Agency;
use palad_domain::province::Province;

/// One line of the list.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// Six digits.
    pub code: &'static str,
    /// The abbreviation.
    pub kind: &'static str,
    /// The name without the kind.
    pub name: &'static str,
    /// The district.
    pub district: &'static str,
    /// The province.
    pub province: &'static str,
    /// The agency's own mailbox, or nothing.
    pub email: &'static str,
}

const fn line(
    code: &'static str,
    kind: &'static str,
    name: &'static str,
    district: &'static str,
    province: &'static str,
    email: &'static str,
) -> Listed {
    Listed { code, kind, name, district, province, email }
}

/// The town of the letters.
pub const PHRAE: Listed = line("549900", "ทม.", "แพร่", "เมืองแพร่", "แพร่", "saraban@phrae.test");
/// A sub-district of the same province.
pub const MAE_YOM: Listed = line("540101", "อบต.", "แม่ยม", "เมืองแพร่", "แพร่", "saraban@maeyom.test");
/// One of three that are called the same.
pub const NONG_BUA: Listed = line("600101", "อบต.", "หนองบัว", "หนองบัว", "นครสวรรค์", "saraban@nongbua.test");
/// One whose mailbox is not on the list.
pub const WITHOUT_MAILBOX: Listed = line("540102", "ทต.", "ช่อแฮ", "เมืองแพร่", "แพร่", "");
/// A code that is on no list.
pub const NOT_LISTED: &str = "990001";

const OTHERS: [Listed; 3] = [
    line("400101", "อบต.", "หนองบัว", "บ้านฝาง", "ขอนแก่น", "saraban@nongbua-kk.test"),
    line("390101", "อบต.", "หนองบัว", "ศรีบุญเรือง", "หนองบัวลำภู", "saraban@nongbua-nb.test"),
    line("100001", "กทม.", "กรุงเทพมหานคร", "", "กรุงเทพมหานคร", "saraban@bangkok.test"),
];

const WRITERS: [Listed; 8] = [
    line("540201", "ทต.", "ร้องกวาง", "ร้องกวาง", "แพร่", "w1@palad.test"),
    line("540202", "ทต.", "บ้านเวียง", "ร้องกวาง", "แพร่", "w2@palad.test"),
    line("540203", "อบต.", "ร้องเข็ม", "ร้องกวาง", "แพร่", "w3@palad.test"),
    line("540301", "ทต.", "เวียงต้า", "ลอง", "แพร่", "w4@palad.test"),
    line("540302", "ทต.", "แม่ลานนา", "ลอง", "แพร่", "w5@palad.test"),
    line("540401", "ทต.", "สูงเม่น", "สูงเม่น", "แพร่", "w6@palad.test"),
    line("540501", "ทต.", "แม่จั๊วะ", "เด่นชัย", "แพร่", "w7@palad.test"),
    line("540601", "ทต.", "สอง", "สอง", "แพร่", "w8@palad.test"),
];

/// Eight agencies for those who write at the same time.
#[must_use]
pub fn writers() -> [Listed; 8] {
    WRITERS
}

/// The whole list.
#[must_use]
pub fn listed() -> Vec<Listed> {
    [PHRAE, MAE_YOM, NONG_BUA, WITHOUT_MAILBOX].into_iter().chain(OTHERS).chain(WRITERS).collect()
}

/// The list as the file that an operator imports.
#[must_use]
pub fn csv(agencies: &[Listed]) -> String {
    let mut text = String::from("code,kind,name,district,province,region,official_email\n");
    for Listed { code, kind, name, district, province, email } in agencies {
        let region = Province::by_name(province).map_or("", Province::region);
        text.push_str(&format!("{code},{kind},{name},{district},{province},{region},{email}\n"));
    }
    text
}

impl Listed {
    /// As the domain sees it.
    ///
    /// # Panics
    /// When this list is wrong.
    #[must_use]
    pub fn agency(&self) -> Agency {
        Agency {
            code: self.code.parse().expect("a code"),
            kind: self.kind.parse().expect("a kind"),
            name: self.name.to_owned(),
            district: self.district.to_owned(),
            province: Province::by_name(self.province).expect("a province"),
            official_email: (!self.email.is_empty()).then(|| self.email.parse().expect("a mailbox")),
            official_phone: None,
        }
    }
}
