//! One field with its label, its hint and the place for its error.

use maud::{Markup, html};
use palad_domain::say::Say;

use crate::Lang;

/// A field of one line.
pub(crate) struct Field {
    id: &'static str,
    pointer: &'static str,
    label: Say,
    hint: Option<Say>,
    kind: &'static str,
    input_mode: Option<&'static str>,
    autocomplete: &'static str,
    max: Option<usize>,
    list: Option<&'static [&'static str]>,
    optional: bool,
    thai: bool,
    class: &'static str,
}

impl Field {
    /// A field whose value stands at `pointer` in the request; an empty pointer keeps it out.
    pub(crate) fn text(id: &'static str, pointer: &'static str, label: Say) -> Self {
        Self {
            id,
            pointer,
            label,
            hint: None,
            kind: "text",
            input_mode: None,
            autocomplete: "off",
            max: None,
            list: None,
            optional: false,
            thai: false,
            class: "",
        }
    }

    pub(crate) fn hint(mut self, hint: Say) -> Self {
        self.hint = Some(hint);
        self
    }

    /// An e-mail address.
    pub(crate) fn email(mut self) -> Self {
        (self.kind, self.input_mode, self.autocomplete) = ("email", Some("email"), "email");
        self
    }

    /// A password of digits: hidden, with the keyboard for numbers. Password managers are welcome.
    pub(crate) fn password(mut self, autocomplete: &'static str) -> Self {
        (self.kind, self.input_mode, self.autocomplete) = ("password", Some("numeric"), autocomplete);
        self
    }

    /// A passphrase of any letters: hidden as a password is.
    pub(crate) fn passphrase(mut self, autocomplete: &'static str) -> Self {
        (self.kind, self.autocomplete) = ("password", autocomplete);
        self
    }

    /// Digits: the keyboard for numbers.
    pub(crate) fn numeric(mut self) -> Self {
        self.input_mode = Some("numeric");
        self
    }

    /// Telephone numbers.
    pub(crate) fn telephone(mut self) -> Self {
        self.kind = "tel";
        self
    }

    pub(crate) fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    pub(crate) fn max(mut self, max: usize) -> Self {
        self.max = Some(max);
        self
    }

    /// What people usually write here.
    pub(crate) fn usual(mut self, list: &'static [&'static str]) -> Self {
        self.list = Some(list);
        self
    }

    pub(crate) fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// What is written here is Thai in either language.
    pub(crate) fn thai(mut self) -> Self {
        self.thai = true;
        self
    }

    pub(crate) fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    pub(crate) fn html(&self, lang: Lang) -> Markup {
        let list = self.list.map(|_| format!("{}-list", self.id));
        let input = html! {
            input id=(self.id) name=(self.id) class=(self.class) type=(self.kind)
                inputmode=[self.input_mode] autocomplete=(self.autocomplete) maxlength=[self.max]
                data-pointer=[(!self.pointer.is_empty()).then_some(self.pointer)]
                data-optional[self.optional] required[!self.optional]
                list=[list.as_deref()] spellcheck="false" autocapitalize="off"
                lang=[if self.thai { lang.thai_data() } else { None }]
                aria-describedby=[self.hint.as_ref().map(|_| format!("{}-hint", self.id))];
            @if let (Some(id), Some(usual)) = (&list, self.list) {
                datalist id=(id) { @for value in usual { option value=(value) {} } }
            }
        };
        labelled(lang, self.id, &self.label, self.hint.as_ref(), self.optional, &input)
    }
}

/// A list to choose one from; `options` are value and words.
pub(crate) fn select(
    lang: Lang,
    (id, pointer): (&'static str, &'static str),
    label: &Say,
    hint: Option<&Say>,
    optional: bool,
    options: &[(String, String)],
) -> Markup {
    let input = html! {
        select id=(id) name=(id) data-pointer=[(!pointer.is_empty()).then_some(pointer)]
            data-optional[optional] required[!optional]
            aria-describedby=[hint.map(|_| format!("{id}-hint"))] {
            @for (value, words) in options { option value=(value) { (words) } }
        }
    };
    labelled(lang, id, label, hint, optional, &input)
}

/// A group of radio buttons; `options` are value, words and a hint that may be empty.
pub(crate) fn choice(
    lang: Lang,
    (id, pointer): (&'static str, &'static str),
    legend: &Say,
    options: &[(&str, &str, &str)],
) -> Markup {
    html! {
        fieldset.field.choice id={ (id) "-group" } {
            legend { (lang.pick(legend)) }
            p.error id={ (id) "-error" } hidden {}
            @for (number, (value, words, hint)) in options.iter().enumerate() {
                @let own = if number == 0 { id.to_owned() } else { format!("{id}-{value}") };
                label.radio {
                    input type="radio" id=(own) name=(id) value=(value)
                        data-pointer=[(!pointer.is_empty()).then_some(pointer)]
                        aria-describedby=[(!hint.is_empty()).then(|| format!("{own}-hint"))];
                    span { (words) @if !hint.is_empty() { small id={ (own) "-hint" } { (hint) } } }
                }
            }
        }
    }
}

fn labelled(lang: Lang, id: &str, label: &Say, hint: Option<&Say>, optional: bool, input: &Markup) -> Markup {
    html! {
        div.field {
            label for=(id) {
                (lang.pick(label))
                @if optional { span.optional { (lang.say(" (ไม่บังคับ)", " (optional)")) } }
            }
            @if let Some(hint) = hint { p.hint id={ (id) "-hint" } { (lang.mixed(lang.pick(hint))) } }
            p.error id={ (id) "-error" } hidden {}
            (input)
        }
    }
}
