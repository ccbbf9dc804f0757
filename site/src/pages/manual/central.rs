//! The manual of the central officer, who makes the rounds and looks after all offices.

use maud::Markup;
use palad_domain::say::say;

use super::chapters::{Chapter, written};
use super::desk;
use crate::frame::{Context, Page};

pub(in crate::pages) fn page() -> Page {
    Page {
        path: "/manual/central",
        title: say("คู่มือเจ้าหน้าที่สำนักงาน ก.ถ.", "Manual for the central office"),
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
            making(),
            opening(),
            following(),
            changing(),
            files(),
            desk::registrations(),
            desk::accounts(),
            officers(),
            desk::recovery(),
        ],
    )
}

fn making() -> Chapter {
    Chapter {
        id: "new-round",
        title: say("สร้างรอบสำรวจ", "Making a round"),
        steps: vec![
            say(
                "ก่อนรอบแรกของปี เปิด [รอบสำรวจ] กด [วันหยุดราชการ] แล้วกด [เพิ่มวันหยุด] สำหรับวันหยุดที่เปลี่ยนทุกปี อีเมลแจ้งเตือนจะเลี่ยงวันเหล่านั้น",
                "Before the first round of a year open [Rounds], press [Public holidays] and [Add a holiday] for those that change each year. Reminders keep clear of them.",
            ),
            say(
                "กด [สร้างรอบใหม่] กรอกชื่อรอบ เลขที่และวันที่ของหนังสือ วันเริ่ม วันครบกำหนด และวันสุดท้ายที่รับคำตอบ",
                "Press [New round]. Give its title, the number and date of the letter, the first day, the deadline and the last day for answers.",
            ),
            say(
                "เลือกประเภทหน่วยงาน [ทุกจังหวัด] หรือ [เฉพาะบางจังหวัด] ใครไม่ต้องตอบ กด [ยกเว้นหน่วยงาน] พร้อมเหตุผล หน่วยงานเห็นเหตุผลนี้",
                "Choose the kinds, and [All provinces] or [Some provinces]. For whoever need not answer press [Excuse an agency] and give the reason: the agency sees it.",
            ),
            say(
                "ตรวจวันแจ้งเตือน กด [เพิ่มการแจ้งเตือน] ได้ แล้วกด [บันทึก] รอบเป็นร่าง ยังไม่มีหน่วยงานใดเห็น",
                "Look at the days of the reminders, add one with [Add a reminder], and press [Save]. It is a draft: no agency sees it.",
            ),
        ],
    }
}

fn opening() -> Chapter {
    Chapter {
        id: "opening",
        title: say("ตรวจและเปิดรอบ", "Rehearsing and opening"),
        steps: vec![
            say(
                "ในหน้าของรอบ กด [แนบไฟล์ PDF] เพื่อแนบหนังสือและคู่มือ ไม่เกิน 10 MB หน่วยงานเห็นลิงก์ในอีเมล",
                "On the round's page press [Attach a PDF] for the letter and the manual, 10 MB at most. Agencies find the link in their mail.",
            ),
            say(
                "กด [ตรวจและเปิดรอบ] จะเห็นว่าถามกี่แห่ง กี่แห่งต้องโทรเพราะไม่มีอีเมล และข้อความทุกฉบับจะออกวันใด ยังไม่มีอะไรส่งออกไป",
                "Press [Rehearse and open]: you see how many are asked, how many must be called for want of an address, and on which day each message goes out. Nothing has been sent.",
            ),
            say(
                "ไม่ถูกต้อง กด [กลับไปแก้ไข] ถูกต้องแล้ว กด [เปิดรอบ] และอย่าปิดหน้าจนเสร็จ ถ้าค้างให้กดอีกครั้ง ระบบทำต่อจากที่ค้าง",
                "If something is wrong press [Go back and edit]. If it is right press [Open the round] and leave the page open until it is done; if it stops, press again and it goes on.",
            ),
            say(
                "เปิดแล้วเปลี่ยนผู้ที่ต้องตอบและวันเริ่มไม่ได้อีก",
                "From then on who is asked and the first day are fixed.",
            ),
        ],
    }
}

fn following() -> Chapter {
    Chapter {
        id: "rounds",
        title: say("ติดตามรอบ", "Following a round"),
        steps: vec![
            say(
                "เปิดรอบจาก [รอบสำรวจ] ตัวเลขทุกตัวกดได้ จากทั้งประเทศ ลงไปจังหวัด อำเภอ และหน่วยงาน",
                "Open it from [Rounds]. Every number can be pressed: from the country down to the province, the district and the agency.",
            ),
            say(
                "เลือกจังหวัดแล้วกด [โทรตามที่ยังไม่ตอบ] จะเห็นรายชื่อเดียวกับจังหวัด และบันทึกการโทรของจังหวัด",
                "In a province press [Call those who owe] for the list that the province works through, with its notes of calls.",
            ),
        ],
    }
}

fn changing() -> Chapter {
    Chapter {
        id: "changing",
        title: say("เลื่อน หยุด และปิดรอบ", "Moving, stopping and closing"),
        steps: vec![
            say(
                "กด [เลื่อนกำหนด] ผู้ที่ยังไม่ตอบได้รับแจ้งกำหนดใหม่หนึ่งครั้ง กำหนดเดิมยังอยู่ในประวัติ",
                "Press [Move the deadline]. Whoever owes is told the new day, once; the old one stays in the history.",
            ),
            say(
                "อีเมลแจ้งเตือนผิดพลาด: กด [หยุดการแจ้งเตือน] ในหน้าของรอบ หรือ [หยุดการแจ้งเตือนทุกรอบ] ในหน้า [รอบสำรวจ] หน่วยงานยังตอบได้ แก้แล้วกด [เริ่มส่งการแจ้งเตือนอีกครั้ง]",
                "Something is wrong with the reminders: press [Stop reminders] on the round's page, or [Stop all reminders] on [Rounds]. Agencies can still answer. When it is mended press [Let reminders go on].",
            ),
            say(
                "รอบปิดเองในคืนหลังวันสุดท้ายและบันทึกผลสรุป ปิดก่อนได้ด้วย [ปิดรอบ] ปิดแล้วเปิดใหม่ไม่ได้",
                "A round closes by itself in the night after its last day and keeps its report. [Close the round] does it earlier; it cannot be opened again.",
            ),
            say(
                "ร่างที่ไม่ใช้ กด [ลบรอบ] รอบเก่าก่อนมีระบบ สร้างใหม่แล้วเลือก [เป็นรอบย้อนหลังที่จบไปแล้ว บันทึกไว้เป็นประวัติ]",
                "For a draft that is not needed press [Delete the round]. For a round from before this system make a new one and tick [A round of the past, entered for the record].",
            ),
        ],
    }
}

fn files() -> Chapter {
    Chapter {
        id: "files",
        title: say("ดาวน์โหลดรายชื่อ", "Downloading lists"),
        steps: vec![
            say(
                "กด [ดาวน์โหลด CSV] ในหน้าของรอบ ได้พื้นที่ที่กำลังดูอยู่ กด [ดาวน์โหลดทำเนียบปลัด CSV] ในหน้า [บัญชีของหน่วยงาน] ได้จังหวัดที่เลือก หรือทั้งประเทศถ้าไม่เลือก",
                "Press [Download CSV] on a round's page for the area that you look at. Press [Download the directory as CSV] on [Accounts of agencies] for the chosen province, or for the country if none is chosen.",
            ),
            say(
                "ลิงก์ของไฟล์ใช้ได้ 15 นาที ไฟล์มีข้อมูลส่วนบุคคล เก็บเท่าที่ใช้แล้วลบ ระบบบันทึกว่าใครดาวน์โหลดรายชื่อใดเมื่อไร",
                "The link of a file works for 15 minutes. The files are personal data: keep them no longer than you need. Who downloaded which list, and when, is written down.",
            ),
        ],
    }
}

fn officers() -> Chapter {
    Chapter {
        id: "officers",
        title: say("เจ้าหน้าที่ทุกจังหวัด", "The officers of all provinces"),
        steps: vec![
            say(
                "เปิด [เจ้าหน้าที่] เลือกจังหวัด หรือไม่เลือกเพื่อดูสำนักงาน ก.ถ.",
                "Open [Officers] and choose a province, or none for the central office.",
            ),
            say(
                "กรอกอีเมลของแต่ละคน เลือก [จังหวัด] [อำเภอ] หรือ [สำนักงาน ก.ถ.] แล้วกด [ส่งคำเชิญ] เชิญอย่างน้อยสองคนต่อสำนักงาน เพื่อช่วยกันเมื่อคนหนึ่งเข้าไม่ได้",
                "Give each officer's own address, choose [Province], [District] or [Central office] and press [Send the invitation]. Two for each office can help each other when one cannot sign in.",
            ),
            say(
                "ผู้ที่ย้ายไปหรือบัญชีน่าสงสัย: กด [ระงับ] จะออกจากระบบทันที ระงับตนเองไม่ได้ ด้านล่างคือประวัติว่าใครทำอะไรเมื่อไร",
                "Somebody has left, or an account is in doubt: press [Suspend]; the officer is signed out at once. Nobody suspends himself. Below stands who did what, and when.",
            ),
            say(
                "ถ้าไม่มีเจ้าหน้าที่ส่วนกลางคนใดเข้าได้เลย ผู้ดูแลระบบส่งคำเชิญใหม่ให้ได้",
                "If no central officer can sign in any more, whoever runs the system can send a new invitation.",
            ),
        ],
    }
}
