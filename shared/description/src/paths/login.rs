//! Signing in and out, and a new password.

use serde_json::{Value, json};

use crate::parts::Call;

pub(super) fn calls() -> Vec<(&'static str, Value)> {
    vec![
        (
            "/api/session",
            Call::new("signIn", "Signs in by agency and password.")
                .body("SignIn")
                .answers(201, "Signed in, from a known device.", "Session")
                .answers(
                    202,
                    "From an unknown device, always: if the password is right, a code was mailed.",
                    "Challenge",
                )
                .problems(&[401, 429])
                .under("post"),
        ),
        (
            "/api/session",
            Call::new("whoAmI", "Who is signed in; and the session lasts a while longer.")
                .signed_in()
                .answers(200, "The session.", "Session")
                .under("get"),
        ),
        (
            "/api/session",
            Call::new("signOut", "Signs out; always works.")
                .changing()
                .answers_nothing("Signed out.")
                .under("delete"),
        ),
        (
            "/api/session/code",
            Call::new("giveCode", "The mailed code, from the same browser.")
                .body("SignInCode")
                .answers(201, "Signed in; the device is known from now on.", "Session")
                .problems(&[410])
                .under("post"),
        ),
        (
            "/api/password-resets",
            Call::new(
                "askForReset",
                "Asks for a link to set a new password. Never tells whether there is an account.",
            )
            .body("ResetQuestion")
            .answers(202, "If agency and address belong together, a link was mailed.", "Nothing")
            .under("post"),
        ),
        (
            "/api/password-resets/{token}",
            Call::new("setPassword", "Sets a new password by the link's token.")
                .path("token", json!({"type": "string"}))
                .body("NewPassword")
                .answers_nothing("Set; every session has ended.")
                .problems(&[410])
                .under("post"),
        ),
    ]
}
