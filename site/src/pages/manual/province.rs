//! The manual of the province officer; a district officer does less of the same.

use maud::Markup;
use palad_domain::say::say;

use super::chapters::{Chapter, written};
use super::desk;
use crate::frame::{Context, Page};

pub(in crate::pages) fn page() -> Page {
    Page {
        path: "/manual/province",
        title: say("คู่มือเจ้าหน้าที่จังหวัดและอำเภอ", "Manual for officers of provinces and districts"),
        module: "session",
        listed: true,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    written(
        context,
        &[
            desk::first_time(),
            desk::signing_in(),
            desk::registrations(),
            round(),
            files(),
            desk::accounts(),
            officers(),
            desk::recovery(),
            district(),
        ],
    )
}

fn round() -> Chapter {
    Chapter {
        id: "rounds",
        title: say("ติดตามรอบสำรวจ", "Following a round"),
        steps: vec![
            say(
                "เปิด [รอบสำรวจ] รอบที่เปิดอยู่บอกว่าตอบแล้วกี่แห่งและเหลือกี่วัน กด [ดูความคืบหน้า] เพื่อดูรายอำเภอและรายหน่วยงาน",
                "Open [Rounds]. An open one says how many have answered and how many days are left; press [See how far it is] for districts and agencies.",
            ),
            say(
                "กด [โทรตามที่ยังไม่ตอบ] แล้วเลือกกลุ่ม [ยังไม่ได้โทร] [ยังไม่ลงทะเบียน] [ลงทะเบียนแล้ว ยังไม่ตอบ] หรือ [ส่งอีเมลไม่ถึง]",
                "Press [Call those who owe] and choose a group: [Not called yet], [Not registered], [Registered, silent] or [Mail comes back].",
            ),
            say(
                "แตะหมายเลขเพื่อโทร แล้วกด [บันทึกการโทร] เลือก [คุยแล้ว] [ไม่มีผู้รับสาย] [หมายเลขไม่ถูกต้อง] หรือ [รับว่าจะตอบ] เพื่อนร่วมงานและสำนักงาน ก.ถ. เห็นบันทึกนี้",
                "Touch a number to call, then press [Note a call] and choose [Spoken to], [Nobody answered], [Wrong number] or [Will answer]. Colleagues and the central office see the note.",
            ),
            say(
                "กด [คัดลอกสำหรับ LINE] เพื่อวางรายชื่อในกลุ่มของจังหวัด หรือ [คัดลอกอำเภอนี้] เฉพาะอำเภอเดียว กด [พิมพ์] เพื่อทำรายชื่อบนกระดาษ",
                "Press [Copy for LINE] to put the list into the province's chat, or [Copy this district] for one district alone. Press [Print] for a list on paper.",
            ),
            say(
                "กด [หนังสือติดตาม] ได้หนังสือถึงนายอำเภอและหน่วยงานที่ยังไม่ตอบ กด [พิมพ์] แล้วเติมเลขที่และลงนาม",
                "Press [Letters] for letters to the district officers and the agencies that owe. Press [Print], then number and sign them.",
            ),
        ],
    }
}

fn files() -> Chapter {
    Chapter {
        id: "files",
        title: say("ไฟล์และรายชื่อ", "Files and lists"),
        steps: vec![
            say(
                "หนังสือและคู่มือของรอบอยู่ที่ ไฟล์แนบ ในหน้าของรอบ กด [เปิดไฟล์]",
                "The round's letter and manual stand on its page under Attachments: press [Open].",
            ),
            say(
                "กด [ดาวน์โหลด CSV] ในหน้าความคืบหน้าหรือรายชื่อที่ยังไม่ตอบ หรือ [ดาวน์โหลดทำเนียบปลัด CSV] ในหน้า [บัญชีของหน่วยงาน] ลิงก์ของไฟล์ใช้ได้ 15 นาที",
                "Press [Download CSV] on the page of a round or of those who owe, or [Download the directory as CSV] on [Accounts of agencies]. The link of a file works for 15 minutes.",
            ),
            say(
                "ไฟล์มีข้อมูลส่วนบุคคล เก็บเท่าที่ใช้แล้วลบ ระบบบันทึกว่าใครดาวน์โหลดรายชื่อใดเมื่อไร",
                "The files are personal data: keep them no longer than you need. Who downloaded which list, and when, is written down.",
            ),
        ],
    }
}

fn officers() -> Chapter {
    Chapter {
        id: "officers",
        title: say("เพื่อนร่วมงานในจังหวัด", "Colleagues in the province"),
        steps: vec![
            say(
                "เปิด [เจ้าหน้าที่] กรอกอีเมลของแต่ละคน เลือก [จังหวัด] หรือ [อำเภอ] แล้วกด [ส่งคำเชิญ] ไม่ใช้บัญชีร่วมกัน",
                "Open [Officers], give each colleague's own address, choose [Province] or [District] and press [Send the invitation]. Nobody shares an account.",
            ),
            say(
                "ผู้ที่ย้ายไปหรือบัญชีน่าสงสัย: กด [ระงับ] จะออกจากระบบทันที กด [ยกเลิกการระงับ] เมื่อกลับมา",
                "Somebody has left, or an account is in doubt: press [Suspend]; the officer is signed out at once. Press [Lift] when that is over.",
            ),
            say(
                "เพื่อนร่วมงานลืมวลีรหัสผ่านหรือทำรหัสสำรองหาย: ส่งคำเชิญใหม่ไปที่อีเมลเดิม หลังยืนยันตัวกันด้วยการพบหรือโทร",
                "A colleague has lost passphrase or recovery codes: meet or call to be sure who it is, then send a new invitation to the same address.",
            ),
        ],
    }
}

fn district() -> Chapter {
    Chapter {
        id: "district",
        title: say("ถ้าท่านอยู่อำเภอ", "If you are at a district office"),
        steps: vec![
            say(
                "ท่านเห็นหน่วยงานในอำเภอของท่าน: บัญชี ความคืบหน้าของรอบ และรายชื่อที่ยังไม่ตอบ คัดลอก พิมพ์ และดาวน์โหลดได้",
                "You see the agencies of your district: their accounts, how far a round is, and who owes. You can copy, print and download.",
            ),
            say(
                "คำขอลงทะเบียน บันทึกการโทร การระงับบัญชี และการเชิญเจ้าหน้าที่ เป็นเรื่องของจังหวัด โปรดแจ้งจังหวัด",
                "Registrations, notes of calls, suspending and inviting are for the province: please tell it.",
            ),
        ],
    }
}
