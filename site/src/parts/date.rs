//! A day in three fields: the browser's own date field shows either era, depending on the device.

use maud::{Markup, html};

use crate::Lang;
use crate::rules::MONTHS;

/// A day at `pointer` that may be left out.
pub(crate) fn day(lang: Lang, field: (&'static str, &'static str), legend: &Markup) -> Markup {
    let legend = html! {
        (legend)
        span.optional { (lang.say(" (ไม่บังคับ)", " (optional)")) }
    };
    needed_day(lang, field, &legend)
}

/// A day at `pointer` that must be given.
pub(crate) fn needed_day(lang: Lang, (id, pointer): (&'static str, &'static str), legend: &Markup) -> Markup {
    html! {
        fieldset.field.date data-date=(pointer) aria-describedby={ (id) "-hint" } {
            legend { (legend) }
            p.hint id={ (id) "-hint" } { (lang.say("เช่น 1 ตุลาคม 2568", "For example 1 October 2568 (Buddhist Era)")) }
            p.error id={ (id) "-error" } hidden {}
            div.three {
                div {
                    label for=(id) { (lang.say("วันที่", "Day")) }
                    input id=(id) data-part="day" inputmode="numeric" autocomplete="off" maxlength="2";
                }
                div {
                    label for={ (id) "-month" } { (lang.say("เดือน", "Month")) }
                    select id={ (id) "-month" } data-part="month" autocomplete="off" {
                        option value="" {}
                        @for (number, (th, en)) in MONTHS.iter().enumerate() {
                            option value={ (format!("{:02}", number + 1)) } { (lang.say(th, en)) }
                        }
                    }
                }
                div {
                    label for={ (id) "-year" } { (lang.say("พ.ศ.", "Year (B.E.)")) }
                    input id={ (id) "-year" } data-part="year" inputmode="numeric" autocomplete="off" maxlength="4";
                }
            }
        }
    }
}
