//! The provinces of Thailand, with the official codes of the Department of Provincial Administration.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::say::{Say, say};

/// A province's two-digit code that is known to be in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProvinceCode(u8);

/// One of the 77 provinces. Compares by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Province(ProvinceCode);

/// The code of the capital.
const BANGKOK: &str = "10";

struct Row {
    code: &'static str,
    name: &'static str,
    name_en: &'static str,
    abbreviation: &'static str,
    region: &'static str,
}

const fn row(
    code: &'static str,
    name: &'static str,
    name_en: &'static str,
    abbreviation: &'static str,
    region: &'static str,
) -> Row {
    Row { code, name, name_en, abbreviation, region }
}

impl Province {
    /// All 77, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TABLE.len()).map(|index| Self(ProvinceCode(u8::try_from(index).unwrap_or(u8::MAX))))
    }

    /// The province with this Thai name, as in แพร่.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|province| province.name() == name)
    }

    /// Its code, as in 54.
    #[must_use]
    pub fn code(self) -> ProvinceCode {
        self.0
    }

    /// Its Thai name without จังหวัด.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Its English name.
    #[must_use]
    pub fn name_en(self) -> &'static str {
        self.row().name_en
    }

    /// What it is called where nothing says that it is a province: Bangkok is no จังหวัด.
    #[must_use]
    pub fn full_name(self) -> Say {
        let name = self.name();
        let th = if self.code().as_str() == BANGKOK {
            name.to_owned()
        } else {
            format!("จังหวัด{name}")
        };
        say(th, self.name_en())
    }

    /// The letters before the number of an official letter, as in พร.
    #[must_use]
    pub fn abbreviation(self) -> &'static str {
        self.row().abbreviation
    }

    /// Its region, as in ภาคเหนือ.
    #[must_use]
    pub fn region(self) -> &'static str {
        self.row().region
    }

    fn row(self) -> &'static Row {
        &TABLE[usize::from(self.0.0)]
    }
}

impl fmt::Debug for Province {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name_en())
    }
}

impl ProvinceCode {
    /// Two digits.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Province(self).row().code
    }

    /// The province itself.
    #[must_use]
    pub fn province(self) -> Province {
        Province(self)
    }
}

impl fmt::Display for ProvinceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ProvinceCode {
    type Err = Say;

    fn from_str(text: &str) -> Result<Self, Say> {
        let folded = palad_thai::digits::fold_digits(text.trim());
        Province::all().map(Province::code).find(|code| code.as_str() == folded).ok_or_else(|| {
            say("ไม่มีจังหวัดนี้ ให้เลือกจังหวัดจากรายการ", "There is no such province. Choose one from the list.")
        })
    }
}

impl TryFrom<String> for ProvinceCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map_err(|say: Say| say.en.into_owned())
    }
}

impl From<ProvinceCode> for String {
    fn from(code: ProvinceCode) -> Self {
        code.as_str().to_owned()
    }
}

#[rustfmt::skip]
static TABLE: [Row; 77] = [
    row("10", "กรุงเทพมหานคร", "Bangkok", "กทม", "ภาคกลาง"),
    row("11", "สมุทรปราการ", "Samut Prakan", "สป", "ภาคกลาง"),
    row("12", "นนทบุรี", "Nonthaburi", "นบ", "ภาคกลาง"),
    row("13", "ปทุมธานี", "Pathum Thani", "ปท", "ภาคกลาง"),
    row("14", "พระนครศรีอยุธยา", "Phra Nakhon Si Ayutthaya", "อย", "ภาคกลาง"),
    row("15", "อ่างทอง", "Ang Thong", "อท", "ภาคกลาง"),
    row("16", "ลพบุรี", "Lopburi", "ลบ", "ภาคกลาง"),
    row("17", "สิงห์บุรี", "Sing Buri", "สห", "ภาคกลาง"),
    row("18", "ชัยนาท", "Chai Nat", "ชน", "ภาคกลาง"),
    row("19", "สระบุรี", "Saraburi", "สบ", "ภาคกลาง"),
    row("20", "ชลบุรี", "Chon Buri", "ชบ", "ภาคตะวันออก"),
    row("21", "ระยอง", "Rayong", "รย", "ภาคตะวันออก"),
    row("22", "จันทบุรี", "Chanthaburi", "จบ", "ภาคตะวันออก"),
    row("23", "ตราด", "Trat", "ตร", "ภาคตะวันออก"),
    row("24", "ฉะเชิงเทรา", "Chachoengsao", "ฉช", "ภาคตะวันออก"),
    row("25", "ปราจีนบุรี", "Prachin Buri", "ปจ", "ภาคตะวันออก"),
    row("26", "นครนายก", "Nakhon Nayok", "นย", "ภาคกลาง"),
    row("27", "สระแก้ว", "Sa Kaeo", "สก", "ภาคตะวันออก"),
    row("30", "นครราชสีมา", "Nakhon Ratchasima", "นม", "ภาคตะวันออกเฉียงเหนือ"),
    row("31", "บุรีรัมย์", "Buri Ram", "บร", "ภาคตะวันออกเฉียงเหนือ"),
    row("32", "สุรินทร์", "Surin", "สร", "ภาคตะวันออกเฉียงเหนือ"),
    row("33", "ศรีสะเกษ", "Si Sa Ket", "ศก", "ภาคตะวันออกเฉียงเหนือ"),
    row("34", "อุบลราชธานี", "Ubon Ratchathani", "อบ", "ภาคตะวันออกเฉียงเหนือ"),
    row("35", "ยโสธร", "Yasothon", "ยส", "ภาคตะวันออกเฉียงเหนือ"),
    row("36", "ชัยภูมิ", "Chaiyaphum", "ชย", "ภาคตะวันออกเฉียงเหนือ"),
    row("37", "อำนาจเจริญ", "Amnat Charoen", "อจ", "ภาคตะวันออกเฉียงเหนือ"),
    row("38", "บึงกาฬ", "Bueng Kan", "บก", "ภาคตะวันออกเฉียงเหนือ"),
    row("39", "หนองบัวลำภู", "Nong Bua Lam Phu", "นภ", "ภาคตะวันออกเฉียงเหนือ"),
    row("40", "ขอนแก่น", "Khon Kaen", "ขก", "ภาคตะวันออกเฉียงเหนือ"),
    row("41", "อุดรธานี", "Udon Thani", "อด", "ภาคตะวันออกเฉียงเหนือ"),
    row("42", "เลย", "Loei", "ลย", "ภาคตะวันออกเฉียงเหนือ"),
    row("43", "หนองคาย", "Nong Khai", "นค", "ภาคตะวันออกเฉียงเหนือ"),
    row("44", "มหาสารคาม", "Maha Sarakham", "มค", "ภาคตะวันออกเฉียงเหนือ"),
    row("45", "ร้อยเอ็ด", "Roi Et", "รอ", "ภาคตะวันออกเฉียงเหนือ"),
    row("46", "กาฬสินธุ์", "Kalasin", "กส", "ภาคตะวันออกเฉียงเหนือ"),
    row("47", "สกลนคร", "Sakon Nakhon", "สน", "ภาคตะวันออกเฉียงเหนือ"),
    row("48", "นครพนม", "Nakhon Phanom", "นพ", "ภาคตะวันออกเฉียงเหนือ"),
    row("49", "มุกดาหาร", "Mukdahan", "มห", "ภาคตะวันออกเฉียงเหนือ"),
    row("50", "เชียงใหม่", "Chiang Mai", "ชม", "ภาคเหนือ"),
    row("51", "ลำพูน", "Lamphun", "ลพ", "ภาคเหนือ"),
    row("52", "ลำปาง", "Lampang", "ลป", "ภาคเหนือ"),
    row("53", "อุตรดิตถ์", "Uttaradit", "อต", "ภาคเหนือ"),
    row("54", "แพร่", "Phrae", "พร", "ภาคเหนือ"),
    row("55", "น่าน", "Nan", "นน", "ภาคเหนือ"),
    row("56", "พะเยา", "Phayao", "พย", "ภาคเหนือ"),
    row("57", "เชียงราย", "Chiang Rai", "ชร", "ภาคเหนือ"),
    row("58", "แม่ฮ่องสอน", "Mae Hong Son", "มส", "ภาคเหนือ"),
    row("60", "นครสวรรค์", "Nakhon Sawan", "นว", "ภาคกลาง"),
    row("61", "อุทัยธานี", "Uthai Thani", "อน", "ภาคกลาง"),
    row("62", "กำแพงเพชร", "Kamphaeng Phet", "กพ", "ภาคกลาง"),
    row("63", "ตาก", "Tak", "ตก", "ภาคตะวันตก"),
    row("64", "สุโขทัย", "Sukhothai", "สท", "ภาคกลาง"),
    row("65", "พิษณุโลก", "Phitsanulok", "พล", "ภาคกลาง"),
    row("66", "พิจิตร", "Phichit", "พจ", "ภาคกลาง"),
    row("67", "เพชรบูรณ์", "Phetchabun", "พช", "ภาคกลาง"),
    row("70", "ราชบุรี", "Ratchaburi", "รบ", "ภาคตะวันตก"),
    row("71", "กาญจนบุรี", "Kanchanaburi", "กจ", "ภาคตะวันตก"),
    row("72", "สุพรรณบุรี", "Suphan Buri", "สพ", "ภาคกลาง"),
    row("73", "นครปฐม", "Nakhon Pathom", "นฐ", "ภาคกลาง"),
    row("74", "สมุทรสาคร", "Samut Sakhon", "สค", "ภาคกลาง"),
    row("75", "สมุทรสงคราม", "Samut Songkhram", "สส", "ภาคกลาง"),
    row("76", "เพชรบุรี", "Phetchaburi", "พบ", "ภาคตะวันตก"),
    row("77", "ประจวบคีรีขันธ์", "Prachuap Khiri Khan", "ปข", "ภาคตะวันตก"),
    row("80", "นครศรีธรรมราช", "Nakhon Si Thammarat", "นศ", "ภาคใต้"),
    row("81", "กระบี่", "Krabi", "กบ", "ภาคใต้"),
    row("82", "พังงา", "Phang Nga", "พง", "ภาคใต้"),
    row("83", "ภูเก็ต", "Phuket", "ภก", "ภาคใต้"),
    row("84", "สุราษฎร์ธานี", "Surat Thani", "สฎ", "ภาคใต้"),
    row("85", "ระนอง", "Ranong", "รน", "ภาคใต้"),
    row("86", "ชุมพร", "Chumphon", "ชพ", "ภาคใต้"),
    row("90", "สงขลา", "Songkhla", "สข", "ภาคใต้"),
    row("91", "สตูล", "Satun", "สต", "ภาคใต้"),
    row("92", "ตรัง", "Trang", "ตง", "ภาคใต้"),
    row("93", "พัทลุง", "Phatthalung", "พท", "ภาคใต้"),
    row("94", "ปัตตานี", "Pattani", "ปน", "ภาคใต้"),
    row("95", "ยะลา", "Yala", "ยล", "ภาคใต้"),
    row("96", "นราธิวาส", "Narathiwat", "นธ", "ภาคใต้"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_province_is_found_by_code_and_name() {
        assert_eq!(Province::all().count(), 77);
        for province in Province::all() {
            assert_eq!(Province::by_name(province.name()), Some(province));
            assert_eq!(province.code().as_str().parse(), Ok(province.code()));
        }
        assert_eq!("๕๔".parse::<ProvinceCode>().map(|code| code.province().name()), Ok("แพร่"));
        assert!("01".parse::<ProvinceCode>().is_err());
    }

    #[test]
    fn the_capital_is_no_province() {
        let called = |code: &str| code.parse::<ProvinceCode>().map(|code| code.province().full_name());
        assert_eq!(called("10"), Ok(say("กรุงเทพมหานคร", "Bangkok")));
        assert_eq!(called("54"), Ok(say("จังหวัดแพร่", "Phrae")));
    }
}
