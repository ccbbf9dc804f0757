//! The chapters on accounts: how one proves an agency, how an account changes hands, and where staff reads on.

use maud::{Markup, html};

use crate::Lang;
use crate::frame::Context;
use crate::pages::account::call_the_province;

pub(super) fn proofs(lang: Lang) -> Markup {
    html! {
        section #proofs {
            h2 { (lang.say("การยืนยันตัวตนสามทาง", "Three ways to prove it")) }
            p { (lang.say(
                "หลังกรอกแบบลงทะเบียน ท่านยืนยันว่าเป็นคนของหน่วยงานได้ทางใดทางหนึ่ง",
                "After the form of the registration, show in one of three ways that you belong to the agency.",
            )) }
            h3 { (lang.say("1. รหัสจากอีเมลของหน่วยงาน", "1. The code from the agency's mailbox")) }
            p { (lang.say(
                "ใช้อีเมลของหน่วยงานตามบัญชีรายชื่อ กรอกรหัส 8 หลักที่ส่งไป บัญชีใช้ได้ทันที",
                "Use the agency's address on the official list and enter the 8-digit code sent there. The account opens at once.",
            )) }
            h3 { (lang.say("2. รหัสจากหนังสือ", "2. The code of a letter")) }
            p { (lang.say(
                "ถ้าหน่วยงานได้รับหนังสือแจ้งรหัส 10 ตัว สแกนคิวอาร์โค้ดในหนังสือ หรือเปิดหน้าลงทะเบียนแล้วกรอกรหัสในขั้นที่สอง ใช้อีเมลใดก็ได้ บัญชีใช้ได้ทันที รหัสใช้ได้ครั้งเดียว",
                "If a letter with a code of ten characters came to your agency, scan the QR code in it, or open the registration and enter the code in its second step. Any address will do, and the account opens at once. The code works once.",
            )) }
            h3 { (lang.say("3. จังหวัดอนุมัติ", "3. The province approves")) }
            p { (lang.say(
                "ใช้อีเมลอื่น กรอกรหัสที่ส่งไป แล้วรอสำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัดโทรกลับหน่วยงานและอนุมัติ ผลแจ้งทางอีเมล",
                "Use another address, enter the code sent there, and wait until the province's local administration office has called your agency back and approved. You are told by e-mail.",
            )) }
            p { (lang.say("ถ้าเร่งด่วน: ", "If it is urgent: ")) (call_the_province(lang)) }
        }
    }
}

pub(super) fn take_over(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #take-over {
            h2 { (lang.say("รับช่วงบัญชีเมื่อติดต่อคนเดิมไม่ได้", "Taking over when the officer before cannot be reached")) }
            ol {
                li { a href=(lang.path("/register")) { (lang.say("ลงทะเบียน", "Register")) } (lang.say(" หน่วยงานเดิมด้วยอีเมลของท่าน แล้วยืนยันทางใดทางหนึ่งข้างต้น", " the agency with your address, and prove it in one of the ways above.")) }
                li { (lang.say(
                    "ด้วยรหัสจากหนังสือ บัญชีเป็นของท่านทันที ทางอื่นต้องรอ 7 วัน เพื่อให้เจ้าของเดิมคัดค้านได้ ระบบบอกวันเวลาให้ทราบ",
                    "With the code of a letter the account is yours at once. Otherwise you wait seven days, so that its owner may object; you are told until when.",
                )) }
                li { (lang.say(
                    "เมื่อครบกำหนด เปิดลิงก์ในอีเมลแล้วกด รับช่วงบัญชี",
                    "Then open the link in the e-mail and press Take over the account.",
                )) }
            }
            p { (lang.say(
                "เจ้าของเดิมได้รับแจ้งทางอีเมลและในหน้าบัญชี ถ้าไม่ใช่คนของหน่วยงาน กด คัดค้าน จังหวัดจะพิจารณา",
                "The owner is told by e-mail and on the account page. If it is nobody of the agency, press Object: the province decides.",
            )) }
        }
    }
}

pub(super) fn hand_over(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #hand-over {
            h2 { (lang.say("ส่งมอบบัญชีก่อนย้ายหรือเปลี่ยนหน้าที่", "Handing over before you move on")) }
            ol {
                li { (lang.say("เข้าสู่ระบบ แล้วเปิด ", "Sign in and open ")) a href=(lang.path("/account")) { (lang.say("บัญชีของหน่วยงาน", "The agency's account")) } }
                li { (lang.say(
                    "กรอกอีเมลของผู้รับช่วงต่อ แล้วกด ส่งมอบ ยกเลิกได้จนกว่าผู้รับจะรับมอบ",
                    "Give your successor's address and press Hand over. You may cancel until it is accepted.",
                )) }
                li { (lang.say(
                    "ผู้รับเปิดลิงก์ในอีเมลภายใน 7 วัน ตั้งรหัสผ่านของตนเอง แล้วกด รับมอบบัญชี ไม่ต้องบอกรหัสผ่านกัน",
                    "The successor opens the link within seven days, sets a password of their own and presses Accept the account. Nobody tells anybody a password.",
                )) }
            }
        }
    }
}

pub(super) fn staff(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        section #staff {
            h2 { (lang.say("สำหรับเจ้าหน้าที่จังหวัด อำเภอ และสำนักงาน ก.ถ.", "For officers of provinces, districts and the central office")) }
            p { (lang.say(
                "เจ้าหน้าที่มีคู่มือของตนเอง ตั้งแต่รับคำเชิญ พิจารณาคำขอลงทะเบียน ติดตามรอบสำรวจ จนถึงเมื่อเข้าระบบไม่ได้",
                "Officers have manuals of their own: from the invitation, registrations and rounds to what to do when one cannot sign in.",
            )) }
            ul {
                li { a href=(lang.path("/manual/province")) { (lang.say("คู่มือเจ้าหน้าที่จังหวัดและอำเภอ", "Manual for officers of provinces and districts")) } }
                li { a href=(lang.path("/manual/central")) { (lang.say("คู่มือเจ้าหน้าที่สำนักงาน ก.ถ.", "Manual for the central office")) } }
            }
        }
    }
}
