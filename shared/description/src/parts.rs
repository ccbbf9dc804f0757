//! What many calls have in common.

use serde_json::{Map, Value, json};

/// A call under construction.
pub(crate) struct Call(Map<String, Value>);

impl Call {
    /// A call with its name and what it does, in one sentence.
    pub(crate) fn new(name: &str, summary: &str) -> Self {
        let mut call = Map::new();
        call.insert("operationId".into(), json!(name));
        call.insert("summary".into(), json!(summary));
        call.insert("parameters".into(), json!([]));
        call.insert("responses".into(), json!({}));
        // Any call may be refused as malformed, or come at a bad moment.
        Self(call).problems(&[400, 500, 503])
    }

    /// Only with a session.
    pub(crate) fn signed_in(mut self) -> Self {
        self.0.insert("security".into(), json!([{"session": []}]));
        self.problems(&[401, 403, 404])
    }

    fn parameter(mut self, parameter: Value) -> Self {
        if let Some(Value::Array(parameters)) = self.0.get_mut("parameters") {
            parameters.push(parameter);
        }
        self
    }

    /// A part of the path.
    pub(crate) fn path(self, name: &str, schema: Value) -> Self {
        self.parameter(json!({"name": name, "in": "path", "required": true, "schema": schema}))
    }

    /// A parameter of the query.
    pub(crate) fn query(self, name: &str, description: &str, schema: Value) -> Self {
        self.parameter(json!({"name": name, "in": "query", "description": description, "schema": schema}))
    }

    /// A header.
    pub(crate) fn header(self, name: &str, description: &str, required: bool) -> Self {
        let schema = json!({"type": "string"});
        self.parameter(
            json!({"name": name, "in": "header", "description": description, "required": required, "schema": schema}),
        )
    }

    /// A change that names the version it was made from.
    pub(crate) fn if_match(self) -> Self {
        self.header("If-Match", "The ETag of the record that was read, as in \"7\".", true)
            .problems(&[412, 428])
    }

    /// A change that is not made twice under one key.
    pub(crate) fn idempotent(self, required: bool) -> Self {
        let words =
            "1 to 64 visible characters; the same request under the same key is carried out once in a day.";
        self.header("Idempotency-Key", words, required).problems(&[409])
    }

    /// Takes JSON, from the site's own origin.
    pub(crate) fn body(mut self, schema: &str) -> Self {
        let content = json!({"application/json": {"schema": reference(schema)}});
        self.0.insert("requestBody".into(), json!({"required": true, "content": content}));
        self.changing().problems(&[413, 415, 422])
    }

    /// Is taken from the site's own origin alone.
    pub(crate) fn changing(self) -> Self {
        self.problems(&[403])
    }

    /// Answers with JSON of this schema.
    pub(crate) fn answers(self, status: u16, description: &str, schema: &str) -> Self {
        let content = json!({"application/json": {"schema": reference(schema)}});
        self.response(status, json!({"description": description, "content": content}))
    }

    /// Answers without a body.
    pub(crate) fn answers_nothing(self, description: &str) -> Self {
        self.response(204, json!({"description": description}))
    }

    /// May answer with problems of these statuses.
    pub(crate) fn problems(mut self, statuses: &[u16]) -> Self {
        for status in statuses {
            let content = json!({"application/problem+json": {"schema": reference("Problem")}});
            self = self.response(*status, json!({"description": words(*status), "content": content}));
        }
        self
    }

    fn response(mut self, status: u16, response: Value) -> Self {
        if let Some(Value::Object(responses)) = self.0.get_mut("responses") {
            responses.insert(status.to_string(), response);
        }
        self
    }

    /// The call under a method of its path.
    pub(crate) fn under(self, method: &str) -> Value {
        json!({method: self.0})
    }
}

/// A reference to a schema.
pub(crate) fn reference(schema: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{schema}")})
}

fn words(status: u16) -> &'static str {
    match status {
        400 => "The call cannot be read.",
        401 => "Not signed in, or the password is wrong.",
        403 => "Not allowed, or not from the site's own origin.",
        404 => "There is no such thing.",
        409 => "It does not fit what is there.",
        410 => "The code or link has expired or was used.",
        412 => "The record was changed meanwhile; current_version says how far.",
        413 => "The body is too large.",
        415 => "The body is not JSON.",
        422 => "Fields are wrong; errors names each.",
        428 => "If-Match is missing.",
        429 => "Too many tries; Retry-After says how long to wait.",
        503 => "Not at the moment; Retry-After says when.",
        _ => "Something broke; the request id names it.",
    }
}
