//! คู่มือ: the manual of the letters, step by step with its pictures, and what to do when something is in the
//! way.

mod accounts;
mod answering;
mod central;
mod chapters;
mod desk;
mod province;

use maud::{Markup, html};
use palad_domain::say::say;

use crate::frame::{Context, Page, help_ways, line_code};
use crate::{Lang, parts, pictures};

/// The manual of the agencies, and those of the officers.
pub(super) fn pages() -> [Page; 3] {
    [page(), province::page(), central::page()]
}

fn page() -> Page {
    Page {
        path: "/manual",
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
            nav.contents aria-label=(lang.say("สารบัญ", "Contents")) {
                ul {
                    li { a href="#register" { (lang.say("ขั้นตอนการลงทะเบียน", "To register")) } }
                    li { a href="#proofs" { (lang.say("การยืนยันตัวตนสามทาง", "Three ways to prove it")) } }
                    li { a href="#record" { (lang.say("ขั้นตอนการกรอกข้อมูล", "To record the clerk")) } }
                    li { a href="#answer" { (lang.say("การตอบรอบสำรวจ", "To answer in a round")) } }
                    li { a href="#take-over" { (lang.say("รับช่วงบัญชี", "Taking over")) } }
                    li { a href="#hand-over" { (lang.say("ส่งมอบบัญชี", "Handing over")) } }
                    li { a href="#staff" { (lang.say("สำหรับเจ้าหน้าที่", "For staff")) } }
                    li { a href="#questions" { (lang.say("คำถามที่พบบ่อย", "Common questions")) } }
                    li { a href="#contact" { (lang.say("ติดต่อสอบถาม", "Ask us")) } }
                }
            }
            (registering(context))
            (accounts::proofs(lang))
            (recording(context))
            (answering::answering(lang))
            (accounts::take_over(context))
            (accounts::hand_over(context))
            (accounts::staff(context))
            (questions(lang))
            section #contact {
                h2 { (lang.say("ติดต่อสอบถาม", "Ask us")) }
                (help_ways(context))
                (line_code(context, 200))
                p { (lang.say(
                    "หรือกลุ่มงานมาตรฐานการบริหารงานบุคคลท้องถิ่น สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดของท่าน",
                    "Or the Local Personnel Standards group of your province's local administration office.",
                )) }
            }
        }
    }
}

/// One step: what to do, and how the screen looks then.
fn step(context: &Context<'_>, words: &str, picture: &str, alt: &str) -> Markup {
    let lang = context.lang;
    html! {
        li {
            p { (words) }
            @if let Some(size) = pictures::size(picture, lang) {
                (parts::figure(&context.assets.address(&format!("{picture}-{}.webp", lang.tag())), size, alt))
            }
        }
    }
}

fn registering(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #register {
            h2 { (lang.say("ขั้นตอนการลงทะเบียน", "To register")) }
            p { (lang.say(
                "ทำครั้งเดียวสำหรับแต่ละหน่วยงาน เตรียมอีเมลของหน่วยงานไว้รับรหัสยืนยัน",
                "Once for each agency. Have the agency's mailbox at hand for the code.",
            )) }
            ol.steps {
                (step(context, lang.say("เข้าหน้าหลักของระบบ แล้วกด ลงทะเบียน", "Open the main page and press Register."),
                    "home", lang.say("หน้าหลัก เมนู ลงทะเบียน อยู่ด้านบน", "The main page; Register is in the menu on top")))
                (step(context, lang.say(
                    "เลือกหน่วยงานของท่าน (เลือกจังหวัดก่อน หรือค้นหาจากชื่อทั้งประเทศ) กรอก Email กำหนดรหัสผ่านเป็นตัวเลขไม่ต่ำกว่า 6 หลัก กรอกรหัสผ่านอีกครั้ง แล้วกด ลงทะเบียน",
                    "Choose your agency (the province first, or by name from the whole country), give an e-mail address, set a password of at least six digits, type it again, and press Register.",
                ), "register", lang.say("แบบลงทะเบียนที่กรอกครบแล้ว", "The registration form, filled in")))
                (step(context, lang.say(
                    "เปิดอีเมล นำรหัส 8 หลักมากรอก แล้วกด ยืนยัน ระบบจะกลับไปที่หน้าหลัก",
                    "Take the 8-digit code from the e-mail, enter it and press Confirm. You are back on the main page.",
                ), "code", lang.say("ช่องกรอกรหัสยืนยันจากอีเมล", "The field for the code from the e-mail")))
            }
            p { (lang.say(
                "ถ้าใช้อีเมลอื่น หรือมีหนังสือแจ้งรหัส ดู ",
                "With another address, or with the code of a letter, see ",
            )) a href="#proofs" { (lang.say("การยืนยันตัวตนสามทาง", "three ways to prove it")) } }
        }
    }
}

fn recording(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #record {
            h2 { (lang.say("ขั้นตอนการกรอกข้อมูล", "To record the clerk")) }
            ol.steps {
                (step(context, lang.say(
                    "ที่หน้าหลัก เลือกหน่วยงานอีกครั้ง กรอกรหัสผ่าน แล้วกด เข้าสู่ระบบ",
                    "On the main page choose your agency again, type the password and press Sign in.",
                ), "sign-in", lang.say("ช่องเข้าสู่ระบบในหน้าหลัก", "Signing in on the main page")))
                (step(context, lang.say(
                    "กดปุ่ม Tools สีแดงทางด้านขวามือ จะปรากฏหน้าจอ บุคลากร",
                    "Press the red Tools button on the right: the personnel screen appears.",
                ), "tools", lang.say("แถวของหน่วยงานกับปุ่ม Tools สีแดง", "The agency's row with the red Tools button")))
                (step(context, lang.say("กด เพิ่มปลัด", "Press Add the clerk."),
                    "add", lang.say("หน้าจอบุคลากรที่ยังไม่มีข้อมูลปลัด", "The personnel screen with nothing recorded yet")))
                (step(context, lang.say(
                    "กรอกคำนำหน้า ชื่อ นามสกุล ตำแหน่ง/ระดับ/สังกัด เบอร์โทรศัพท์ และรูปภาพให้ครบถ้วน แล้วกด บันทึก",
                    "Fill in prefix, name, position, level, affiliation, telephone and photo, and press Save.",
                ), "form", lang.say("แบบกรอกข้อมูลปลัดที่กรอกแล้ว", "The form, filled in")))
                (step(context, lang.say(
                    "ถ้าไม่มีผู้ดำรงตำแหน่ง ให้เลือก ตำแหน่งว่าง ไม่ต้องกรอกชื่อ ถ้ามีผู้ทำหน้าที่แทน ให้เลือก รักษาราชการแทน",
                    "If nobody holds the post choose Vacant: no name is asked. If another officer acts choose Somebody is acting.",
                ), "vacant", lang.say("แบบกรอกเมื่อตำแหน่งว่าง", "The form for a vacant post")))
                (step(context, lang.say(
                    "ตรวจรายละเอียดด้วยปุ่ม คน แก้ไขด้วยปุ่ม ดินสอ ลบด้วยปุ่ม ถังขยะ ลบแล้วกด เลิกทำ ได้",
                    "Look at it with the person, change it with the pencil, delete it with the bin; deleting can be undone.",
                ), "record", lang.say("ข้อมูลที่บันทึกแล้วกับปุ่ม คน ดินสอ ถังขยะ", "The record with its three buttons")))
            }
            p { (lang.say(
                "เมื่อมีการโอนย้ายสับเปลี่ยนหรือเกษียณอายุราชการ ขอให้ปรับปรุงและแก้ไขข้อมูลให้เป็นปัจจุบันทันที",
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
                "ลงทะเบียนใหม่ด้วยอีเมลของหน่วยงาน ดูหัวข้อ รับช่วงบัญชี ด้านบน ข้อมูลที่บันทึกไว้ไม่หาย",
                "Register again with the agency's address; see Taking over above. The record stays as it is.",
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
