//! What stands around every page: head, header, help and footer, in the same place everywhere.

use maud::{DOCTYPE, Markup, html};
use palad_domain::say::Say;

use crate::assets::Assets;
use crate::parts::deadlines;
use crate::{File, Lang, REVALIDATE, SiteConfig};

/// What a page is written with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) lang: Lang,
    pub(crate) config: &'a SiteConfig,
    pub(crate) assets: &'a Assets,
}

/// One page, for both languages.
pub(crate) struct Page {
    /// The address in Thai, such as `/register`.
    pub(crate) path: &'static str,
    /// The title of the window and the one heading of the page.
    pub(crate) title: Say,
    /// The module that moves it; every page has at least `session`.
    pub(crate) module: &'static str,
    /// Whether search engines may list it.
    pub(crate) listed: bool,
    /// What stands below the heading.
    pub(crate) main: fn(&Context<'_>) -> Markup,
}

impl Page {
    pub(crate) fn write(&self, lang: Lang, config: &SiteConfig, assets: &Assets) -> File {
        let context = Context { lang, config, assets };
        let path = match (lang.path(self.path), self.path.ends_with(".html")) {
            (path, true) => path,
            (path, false) => format!("{}/index.html", path.trim_end_matches('/')),
        };
        File {
            path,
            content_type: "text/html; charset=utf-8",
            cache_control: REVALIDATE,
            body: self.html(&context).into_string().into_bytes(),
        }
    }

    fn html(&self, context: &Context<'_>) -> Markup {
        let lang = context.lang;
        html! {
            (DOCTYPE)
            html lang=(lang.tag()) {
                head { (self.head(context)) }
                body {
                    a.skip href="#main" { (lang.say("ข้ามไปยังเนื้อหา", "Skip to the content")) }
                    (header(context, self.path))
                    (deadlines(lang))
                    main #main tabindex="-1" {
                        div #status role="status" {}
                        h1 { (lang.pick(&self.title)) }
                        (self.main_of(context))
                    }
                    (footer(context))
                }
            }
        }
    }

    fn main_of(&self, context: &Context<'_>) -> Markup {
        (self.main)(context)
    }

    fn head(&self, context: &Context<'_>) -> Markup {
        let Context { lang, assets, .. } = *context;
        let site = site_name(lang);
        let title = lang.pick(&self.title);
        html! {
            meta charset="utf-8";
            title { @if self.path == "/" { (site) } @else { (title) " – " (site) } }
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="format-detection" content="telephone=no";
            @if !self.listed { meta name="robots" content="noindex"; }
            link rel="preload" as="font" type="font/woff2" crossorigin href=(assets.address("sarabun-thai-400.woff2"));
            link rel="stylesheet" href=(assets.address("site.css"));
            link rel="icon" type="image/svg+xml" href=(assets.address("mark.svg"));
            script src=(assets.address("first.js")) {}
            @if !self.path.ends_with(".html") {
                link rel="alternate" hreflang=(lang.other().tag()) href=(lang.other().path(self.path));
            }
            @for address in assets.modules_of(self.module).iter().skip(1) {
                link rel="modulepreload" href=(address);
            }
            script type="module" src=(assets.address(&format!("{}.js", self.module))) {}
        }
    }
}

fn site_name(lang: Lang) -> &'static str {
    lang.say("ระบบข้อมูลปลัด อปท.", "Palad: chief clerks of local government")
}

fn header(context: &Context<'_>, path: &str) -> Markup {
    let Context { lang, assets, .. } = *context;
    let link = |target: &str, words: &'static str| {
        html! {
            a href=(lang.path(target)) aria-current=[(target == path).then_some("page")] { (words) }
        }
    };
    html! {
        header.top {
            @if let Some(banner) = &context.config.banner {
                p.banner { (lang.pick(banner)) }
            }
            div.inner {
                a.brand href=(lang.path("/")) {
                    img src=(assets.address("mark.svg")) alt="" width="44" height="44";
                    span {
                        strong { (site_name(lang)) }
                        small { (lang.say("สำนักงาน ก.ถ. กระทรวงมหาดไทย", "Office of the Local Personnel Standards Commission")) }
                    }
                }
                nav aria-label=(lang.say("เมนูหลัก", "Main")) {
                    (link("/", lang.say("หน้าหลัก", "Home")))
                    (link("/directory", lang.say("ค้นหา", "Search")))
                    span.state data-when="signed-out" {
                        (link("/register", lang.say("ลงทะเบียน", "Register")))
                        (link("/sign-in", lang.say("เข้าสู่ระบบ", "Sign in")))
                    }
                    span.state data-when="signed-in" {
                        (link("/office", lang.say("หน่วยงานของท่าน", "Your agency")))
                    }
                    span.state data-when="staff" {
                        (link("/staff/home", lang.say("งานของเจ้าหน้าที่", "Staff")))
                    }
                    span.state data-when="known" {
                        button.link #sign-out type="button" { (lang.say("ออกจากระบบ", "Sign out")) }
                    }
                    (link("/manual", lang.say("คู่มือ", "Manual")))
                    @let other = if path.ends_with(".html") { "/" } else { path };
                    a #language href=(lang.other().path(other)) lang=(lang.other().tag()) hreflang=(lang.other().tag()) {
                        (lang.say("English", "ไทย"))
                    }
                }
            }
        }
    }
}

fn footer(context: &Context<'_>) -> Markup {
    let lang = context.lang;
    html! {
        footer.bottom {
            div.inner {
                section.help aria-labelledby="help-heading" {
                    (line_code(context, 120))
                    div {
                        h2 #help-heading { (lang.say("สอบถามข้อมูลเพิ่มเติม", "Questions?")) }
                        (help_ways(context))
                        p { a href=(lang.path("/manual")) { (lang.say(
                            "คู่มือการกรอกข้อมูลปลัดองค์กรปกครองส่วนท้องถิ่น",
                            "Manual for entering the clerk's record",
                        )) } }
                    }
                }
                nav aria-label=(lang.say("เกี่ยวกับระบบ", "About")) {
                    a href=(lang.path("/receipt")) { (lang.say("ตรวจสอบใบรับ", "Check a receipt")) }
                    a href=(lang.path("/privacy")) { (lang.say("ข้อมูลส่วนบุคคล", "Privacy")) }
                    a href=(lang.path("/problems")) { (lang.say("ข้อความแจ้งปัญหา", "Messages explained")) }
                    a href=(lang.path("/staff")) { (lang.say("สำหรับเจ้าหน้าที่", "For staff")) }
                }
                p { (lang.say(
                    "กลุ่มงานสารสนเทศและติดตามประเมินผล สำนักงาน ก.ถ. สำนักงานปลัดกระทรวงมหาดไทย",
                    "Information and Evaluation Group, Office of the Local Personnel Standards Commission, Ministry of Interior",
                )) }
            }
        }
    }
}

/// The QR code of the LINE group, for a telephone held before the screen.
pub(crate) fn line_code(context: &Context<'_>, side: u16) -> Markup {
    let Context { lang, config, assets } = *context;
    html! {
        @if config.help_line_url.is_some() {
            img.qr src=(assets.address("line.svg")) width=(side) height=(side) loading="lazy"
                alt=(lang.say("คิวอาร์โค้ดเข้ากลุ่ม LINE สอบถามการบันทึกข้อมูล", "QR code of the LINE group for questions"));
        }
    }
}

/// The telephone and the LINE group.
pub(crate) fn help_ways(context: &Context<'_>) -> Markup {
    let Context { lang, config, .. } = *context;
    let digits: String = config.help_telephone.chars().filter(char::is_ascii_digit).collect();
    html! {
        p {
            (lang.say("โทร. ", "Telephone "))
            a.nowrap href={ "tel:" (digits) } { (config.help_telephone.replace(' ', "\u{a0}")) }
        }
        @if let Some(line) = &config.help_line_url {
            p { a href=(line) rel="noreferrer" { (lang.say("กลุ่ม LINE สอบถามการบันทึกข้อมูล", "LINE group for questions")) } }
        }
    }
}
