//! The modules that the browser loads, and what each of them imports.
//!
//! Imports are rewritten to the content-hashed names when the files are written: an import map would be
//! inline, which the policy forbids. A module's name covers the names it imports, so it changes whenever
//! anything below it does.

use crate::rules;

/// The modules as they stand under `src/modules`.
const SOURCES: &[(&str, &str)] = &[
    ("account", include_str!("modules/account.js")),
    ("account-words", include_str!("modules/account-words.js")),
    ("admission", include_str!("modules/admission.js")),
    ("agencies", include_str!("modules/agencies.js")),
    ("agency", include_str!("modules/agency.js")),
    ("api", include_str!("modules/api.js")),
    ("audit", include_str!("modules/audit.js")),
    ("confirm", include_str!("modules/confirm.js")),
    ("crop", include_str!("modules/crop.js")),
    ("crop-view", include_str!("modules/crop-view.js")),
    ("curve", include_str!("modules/curve.js")),
    ("days", include_str!("modules/days.js")),
    ("deadline", include_str!("modules/deadline.js")),
    ("dialog", include_str!("modules/dialog.js")),
    ("directory", include_str!("modules/directory.js")),
    ("districts", include_str!("modules/districts.js")),
    ("dom", include_str!("modules/dom.js")),
    ("draft", include_str!("modules/draft.js")),
    ("due", include_str!("modules/due.js")),
    ("entry", include_str!("modules/entry.js")),
    ("export", include_str!("modules/export.js")),
    ("face", include_str!("modules/face.js")),
    ("fields", include_str!("modules/fields.js")),
    ("first", include_str!("modules/first.js")),
    ("form", include_str!("modules/form.js")),
    ("good-number", include_str!("modules/good-number.js")),
    ("handover", include_str!("modules/handover.js")),
    ("idempotency", include_str!("modules/idempotency.js")),
    ("invitation", include_str!("modules/invitation.js")),
    ("lang", include_str!("modules/lang.js")),
    ("link", include_str!("modules/link.js")),
    ("new-password", include_str!("modules/new-password.js")),
    ("not-found", include_str!("modules/not-found.js")),
    ("notice", include_str!("modules/notice.js")),
    ("office", include_str!("modules/office.js")),
    ("owing-chat", include_str!("modules/owing-chat.js")),
    ("pages", include_str!("modules/pages.js")),
    ("parts", include_str!("modules/parts.js")),
    ("personnel", include_str!("modules/personnel.js")),
    ("personnel-acts", include_str!("modules/personnel-acts.js")),
    ("phones", include_str!("modules/phones.js")),
    ("photo-field", include_str!("modules/photo-field.js")),
    ("photo-upload", include_str!("modules/photo-upload.js")),
    ("picker", include_str!("modules/picker.js")),
    ("picture-file", include_str!("modules/picture-file.js")),
    ("place", include_str!("modules/place.js")),
    ("post", include_str!("modules/post.js")),
    ("qr", include_str!("modules/qr.js")),
    ("receipt", include_str!("modules/receipt.js")),
    ("receipt-card", include_str!("modules/receipt-card.js")),
    ("record-fields", include_str!("modules/record-fields.js")),
    ("record-form", include_str!("modules/record-form.js")),
    ("record-photo", include_str!("modules/record-photo.js")),
    ("register", include_str!("modules/register.js")),
    ("reset", include_str!("modules/reset.js")),
    ("reset-new", include_str!("modules/reset-new.js")),
    ("round-acts", include_str!("modules/round-acts.js")),
    ("round-card", include_str!("modules/round-card.js")),
    ("round-excuse", include_str!("modules/round-excuse.js")),
    ("round-facts", include_str!("modules/round-facts.js")),
    ("round-files", include_str!("modules/round-files.js")),
    ("round-terms", include_str!("modules/round-terms.js")),
    ("round-words", include_str!("modules/round-words.js")),
    ("rows", include_str!("modules/rows.js")),
    ("search-box", include_str!("modules/search-box.js")),
    ("session", include_str!("modules/session.js")),
    ("show-password", include_str!("modules/show-password.js")),
    ("session-ended", include_str!("modules/session-ended.js")),
    ("sign-in", include_str!("modules/sign-in.js")),
    ("sign-out", include_str!("modules/sign-out.js")),
    ("staff", include_str!("modules/staff.js")),
    ("staff-agencies", include_str!("modules/staff-agencies.js")),
    ("staff-agency", include_str!("modules/staff-agency.js")),
    ("staff-holidays", include_str!("modules/staff-holidays.js")),
    ("staff-home", include_str!("modules/staff-home.js")),
    ("staff-letters", include_str!("modules/staff-letters.js")),
    ("staff-owing", include_str!("modules/staff-owing.js")),
    ("staff-people", include_str!("modules/staff-people.js")),
    ("staff-rehearsal", include_str!("modules/staff-rehearsal.js")),
    ("staff-round", include_str!("modules/staff-round.js")),
    ("staff-round-edit", include_str!("modules/staff-round-edit.js")),
    ("staff-rounds", include_str!("modules/staff-rounds.js")),
    ("staff-sign-in", include_str!("modules/staff-sign-in.js")),
    ("tally", include_str!("modules/tally.js")),
    ("thai", include_str!("modules/thai.js")),
    ("token-form", include_str!("modules/token-form.js")),
    ("view", include_str!("modules/view.js")),
    ("wait", include_str!("modules/wait.js")),
    ("way-back", include_str!("modules/way-back.js")),
    ("weekday", include_str!("modules/weekday.js")),
];

/// What a module imports.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) name: String,
    pub(crate) at_once: bool,
}

/// One module: its name without ending, its text, and what it imports itself.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) imports: Vec<Import>,
}

/// All modules, each after those it imports.
///
/// A module of a circle would never come up and is left out; a test holds that every import of every page
/// is there.
pub(crate) fn in_order() -> Vec<Module> {
    let words = rules::words_module();
    let provinces = rules::provinces_module();
    let mut waiting: Vec<Module> = SOURCES
        .iter()
        .copied()
        .chain([("words", words.as_str()), ("provinces", provinces.as_str())])
        .map(|(name, source)| {
            let text = without_comments(source);
            let imports = imports(&text);
            Module { name, text, imports }
        })
        .collect();
    let mut ordered: Vec<Module> = Vec::new();
    while let Some(ready) = waiting.iter().position(|module| {
        module.imports.iter().all(|import| ordered.iter().any(|done| done.name == import.name))
    }) {
        ordered.push(waiting.remove(ready));
    }
    ordered
}

/// The names in `'./NAME.js'`, and whether each is needed from the start: `import(...)` fetches later.
fn imports(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("'./") {
        if let Some((name, _)) = after.split_once(".js'") {
            found.push(Import { name: name.to_owned(), at_once: !before.ends_with("import(") });
        }
        rest = after;
    }
    found
}

/// Leaves out what only people and the type checker read: comments and indentation.
///
/// A comment is `/** ... */` anywhere, or a line that begins with `//`; no text on the pages has either.
fn without_comments(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/**") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let kept = code.lines().map(str::trim);
    kept.filter(|line| !line.is_empty() && !line.starts_with("//")).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_has_its_place_and_no_circle() {
        assert_eq!(in_order().len(), SOURCES.len() + 2);
    }

    #[test]
    fn comments_go_and_code_stays() {
        let source = "/** @type {X} */\nconst a = /** @type {X} */ (1); // one\n\n/**\n * Long.\n */\n  export { a };\n// end\n";
        assert_eq!(without_comments(source), "const a =  (1); // one\nexport { a };\n");
        let found =
            imports("import { a } from './dom.js';\nimport './lang.js';\nawait import('./later.js');");
        let told: Vec<_> = found.iter().map(|import| (import.name.as_str(), import.at_once)).collect();
        assert_eq!(told, [("dom", true), ("lang", true), ("later", false)]);
    }
}
