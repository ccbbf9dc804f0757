//! คู่มือ: the manual of the letters, step by step, and what to do when something is in the way.

use maud::{Markup, html};
use palad_domain::say::say;

use crate::Lang;
use crate::frame::{Context, Page, help_ways};

pub(super) fn page() -> Page {
    Page {
        path: "/help",
        title: say("คู่มือการกรอกข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น", "Manual for entering the clerk's record"),
        module: "session",
        listed: true,
        main,
    }
}

fn main(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        div.narrow {
            (registering(lang))
            (recording(lang))
            (questions(lang))
            section #contact {
                h2 { (lang.say("ติดต่อสอบถาม", "Ask us")) }
                (help_ways(context))
                @if context.config.help_line_url.is_some() {
                    p {
                        img.qr src=(context.assets.address("line.svg")) width="200" height="200"
                            alt=(lang.say("คิวอาร์โค้ดเข้ากลุ่ม LINE สอบถามการบันทึกข้อมูล", "QR code of the LINE group for questions"));
                    }
                }
                p { (lang.say(
                    "หรือกลุ่มงานมาตรฐานการบริหารงานบุคคลท้องถิ่น สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดของท่าน",
                    "Or the Local Personnel Standards group of your province's local administration office.",
                )) }
            }
        }
    }
}

fn registering(lang: Lang) -> Markup {
    html! {
        section #register {
            h2 { (lang.say("ขั้นตอนการลงทะเบียน", "To register")) }
            ol.steps {
                li { (lang.say("ที่หน้าหลัก กดปุ่ม ", "On the home page, press ")) a href=(lang.path("/register")) { (lang.say("ลงทะเบียน", "Register")) } }
                li { (lang.say(
                    "เลือกหน่วยงานของท่าน: เลือกจังหวัดก่อน แล้วเลือกชื่อหน่วยงาน หรือค้นหาจากชื่อทั้งประเทศ",
                    "Choose your agency: the province first, then the name, or search the whole country.",
                )) }
                li { (lang.say("กรอกอีเมล ควรเป็นอีเมลของหน่วยงาน", "Give an e-mail address, best the agency's own.")) }
                li { (lang.say(
                    "กำหนดรหัสผ่านเป็นตัวเลขไม่ต่ำกว่า 6 หลัก แล้วกรอกอีกครั้งเพื่อยืนยัน",
                    "Set a password of at least six digits, and type it again.",
                )) }
                li { (lang.say("กด ลงทะเบียน แล้วนำรหัส 8 หลักจากอีเมลมากรอก กด ยืนยัน", "Press Register, then enter the 8-digit code from the e-mail and press Confirm.")) }
            }
        }
    }
}

fn recording(lang: Lang) -> Markup {
    html! {
        section #record {
            h2 { (lang.say("ขั้นตอนการกรอกข้อมูล", "To record the clerk")) }
            ol.steps {
                li { (lang.say(
                    "ที่หน้าหลัก เลือกหน่วยงานของท่านอีกครั้ง กรอกรหัสผ่าน แล้วกด เข้าสู่ระบบ",
                    "On the home page choose your agency again, type the password and press Sign in.",
                )) }
                li { (lang.say("กดปุ่ม Tools สีแดงทางด้านขวามือ จะปรากฏหน้าจอ บุคลากร", "Press the red Tools button on the right: the personnel screen appears.")) }
                li { (lang.say("กด เพิ่มปลัด", "Press Add the clerk.")) }
                li { (lang.say(
                    "กรอกคำนำหน้า ชื่อ นามสกุล ตำแหน่ง ระดับ สังกัด และเบอร์โทรศัพท์ให้ครบถ้วน ถ้าไม่มีผู้ดำรงตำแหน่งให้เลือก ตำแหน่งว่าง ถ้ามีผู้ทำหน้าที่แทนให้เลือก รักษาราชการแทน",
                    "Fill in everything. If nobody holds the post choose Vacant; if another officer acts choose Somebody is acting.",
                )) }
                li { (lang.say("กด บันทึก", "Press Save.")) }
                li { (lang.say(
                    "ตรวจรายละเอียดด้วยปุ่ม คน แก้ไขด้วยปุ่ม ดินสอ ลบด้วยปุ่ม ถังขยะ ลบแล้วกดเลิกทำได้",
                    "Look at it with the person, change it with the pencil, delete it with the bin; deleting can be undone.",
                )) }
            }
            p { (lang.say(
                "เมื่อมีการโอนย้ายสับเปลี่ยนหรือเกษียณอายุราชการ ขอให้ปรับปรุงข้อมูลให้เป็นปัจจุบันทันที",
                "When the clerk is transferred or retires, please bring the record up to date at once.",
            )) }
        }
    }
}

fn questions(lang: Lang) -> Markup {
    let all = [
        (
            lang.say("ลืมรหัสผ่าน", "I forgot the password"),
            lang.say(
                "กด ลืมรหัสผ่าน ที่หน้าเข้าสู่ระบบ ระบบจะส่งลิงก์ไปยังอีเมลที่ลงทะเบียนไว้",
                "Press Forgot the password on the sign-in page; a link goes to the registered address.",
            ),
        ),
        (
            lang.say("ผู้ลงทะเบียนคนเดิมย้ายไปแล้ว", "The officer who registered has left"),
            lang.say(
                "ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน ข้อมูลที่บันทึกไว้ไม่หาย",
                "Register again with the agency's address. The record stays as it is.",
            ),
        ),
        (
            lang.say("ไม่ได้รับอีเมล", "No mail comes"),
            lang.say(
                "ดูในกล่องจดหมายขยะ รอ 5 นาที ตรวจว่าอีเมลถูกต้อง ถ้ายังไม่ได้รับให้โทรตามหมายเลขด้านล่าง",
                "Look in the spam folder, wait five minutes, check the address; if nothing comes, call the number below.",
            ),
        ),
        (
            lang.say("ทำไมต้องใส่รหัสจากอีเมลเมื่อเปลี่ยนเครื่อง", "Why a code on a new device?"),
            lang.say(
                "เพื่อไม่ให้ผู้อื่นที่เดารหัสผ่านถูกเข้ามาแก้ข้อมูลของหน่วยงานได้ เครื่องที่ยืนยันแล้วไม่ต้องใส่อีก",
                "So that a guessed password alone opens nothing. A confirmed device is not asked again.",
            ),
        ),
        (
            lang.say("ลบข้อมูลไปโดยไม่ตั้งใจ", "I deleted it by mistake"),
            lang.say(
                "กด เลิกทำ ที่แถบด้านบน หรือกด นำกลับมา ในรายการที่ลบไปแล้ว",
                "Press Undo at the top, or Bring back in the list of deleted records.",
            ),
        ),
    ];
    html! {
        section #questions {
            h2 { (lang.say("คำถามที่พบบ่อย", "Common questions")) }
            @for (question, answer) in all {
                details { summary { (question) } p { (answer) } }
            }
        }
    }
}
