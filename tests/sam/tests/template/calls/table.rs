//! Each store type, what it is made of and what it calls: a line here for each type, a change here for each call.

/// A store type, the sources it is made of, and what it calls on what.
pub(super) struct Type {
    pub(super) name: &'static str,
    pub(super) sources: &'static [&'static str],
    pub(super) calls: &'static [(&'static str, &'static [&'static str])],
}

pub(super) const GET: &str = "dynamodb:GetItem";
pub(super) const BATCH: &str = "dynamodb:BatchGetItem";
pub(super) const QUERY: &str = "dynamodb:Query";
pub(super) const PUT: &str = "dynamodb:PutItem";
pub(super) const UPDATE: &str = "dynamodb:UpdateItem";
pub(super) const DELETE: &str = "dynamodb:DeleteItem";
pub(super) const CHECK: &str = "dynamodb:ConditionCheckItem";
pub(super) const READ: &str = "s3:GetObject";
pub(super) const WRITE: &str = "s3:PutObject";
pub(super) const REMOVE: &str = "s3:DeleteObject";

pub(super) const REGISTRY: &str = "table registry";
pub(super) const ACCOUNTS: &str = "table accounts";
pub(super) const AUDIT: &str = "table audit";

pub(super) const TYPES: &[Type] = &[
    Type { name: "Agencies", sources: &["registry/agencies"], calls: &[(REGISTRY, &[GET])] },
    Type {
        name: "Records",
        sources: &[
            "registry/records",
            "registry/records/author",
            "registry/records/requests",
            "registry/records/saving",
            "registry/records/writes",
            "registry/page",
            "session_check",
            "mailbox_check",
            "audit",
        ],
        calls: &[
            (REGISTRY, &[GET, BATCH, QUERY, PUT, DELETE, CHECK]),
            (ACCOUNTS, &[CHECK]),
            (AUDIT, &[BATCH, PUT]),
        ],
    },
    Type {
        name: "Rounds",
        sources: &[
            "registry/rounds/calls",
            "registry/rounds/changing",
            "registry/rounds/list",
            "registry/rounds/mod",
            "registry/rounds/opening",
            "registry/rounds/progress",
            "registry/rounds/report",
            "session_check",
        ],
        calls: &[
            (REGISTRY, &[GET, BATCH, QUERY, PUT, UPDATE, DELETE, CHECK]),
            // Reading agencies by province, and whether there is an account, stand elsewhere.
            ("table registry/index/by_province", &[QUERY]),
            (ACCOUNTS, &[BATCH, CHECK]),
        ],
    },
    Type {
        name: "Endings",
        sources: &["registry/rounds/ending", "registry/rounds/list", "registry/rounds/report"],
        calls: &[(REGISTRY, &[GET, BATCH, QUERY, PUT])],
    },
    Type {
        name: "Confirmations",
        sources: &["registry/confirmations", "session_check", "mailbox_check", "audit"],
        calls: &[(REGISTRY, &[BATCH, PUT, UPDATE, CHECK]), (ACCOUNTS, &[CHECK]), (AUDIT, &[BATCH, PUT])],
    },
    Type {
        name: "Mailboxes",
        sources: &["registry/mailboxes", "mailbox_check", "audit", "audit/head"],
        calls: &[(REGISTRY, &[GET, UPDATE]), (ACCOUNTS, &[BATCH, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "Attachments",
        sources: &["registry/rounds/attachments", "session_check"],
        calls: &[(REGISTRY, &[GET, QUERY, PUT]), (ACCOUNTS, &[CHECK])],
    },
    Type {
        name: "Exports",
        sources: &["registry/exports"],
        // Reading agencies by province stands elsewhere.
        calls: &[(REGISTRY, &[GET, QUERY]), ("table registry/index/by_province", &[QUERY])],
    },
    Type { name: "Receipts", sources: &["registry/receipts"], calls: &[(REGISTRY, &[GET])] },
    Type {
        name: "Photos",
        sources: &["registry/photos", "session_check"],
        calls: &[(REGISTRY, &[GET, PUT, UPDATE]), (ACCOUNTS, &[CHECK])],
    },
    Type {
        name: "PhotoDesk",
        sources: &["registry/photo_desk"],
        calls: &[(REGISTRY, &[GET, PUT, UPDATE, CHECK])],
    },
    Type {
        name: "Directory",
        sources: &["registry/directory"],
        calls: &[(REGISTRY, &[QUERY]), ("table registry/index/by_province", &[QUERY])],
    },
    Type {
        name: "Claims",
        sources: &[
            "accounts/claims",
            "accounts/claim_moves",
            "accounts/claim_queue",
            "accounts/opening",
            "accounts/code_tries",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, QUERY, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "TakeOvers",
        sources: &["accounts/take_overs", "accounts/claim_moves", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, QUERY, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "LetterCodes",
        sources: &["accounts/letter_codes", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, PUT, UPDATE]), (AUDIT, &[GET, PUT])],
    },
    Type { name: "SignIn", sources: &["accounts/sign_in"], calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE])] },
    Type {
        name: "Challenges",
        sources: &["accounts/challenges", "accounts/code_tries", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[PUT, UPDATE, GET]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "Resets",
        sources: &["accounts/resets", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, PUT, UPDATE, DELETE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "OwnAccount",
        sources: &["accounts/own", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[QUERY, UPDATE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "EmailChanges",
        sources: &[
            "accounts/email_changes",
            "accounts/pending",
            "accounts/opening",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "HandOvers",
        sources: &["accounts/hand_overs", "accounts/pending", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "HandOverAcceptance",
        sources: &["accounts/hand_over_acceptance", "accounts/pending", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, DELETE]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "AccountCare",
        sources: &["accounts/care", "accounts/opening", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[GET, BATCH, PUT, UPDATE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "ExportLog",
        sources: &["audit/exports", "session_check", "audit", "audit/head"],
        calls: &[(ACCOUNTS, &[CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "GuessLog",
        sources: &["audit/guesses", "audit/refused_lines", "audit", "audit/head"],
        calls: &[(AUDIT, &[GET, PUT])],
    },
    Type {
        name: "RefusalLog",
        sources: &["audit/refusals", "audit/refused_lines", "audit", "audit/head"],
        calls: &[(AUDIT, &[GET, PUT])],
    },
    Type { name: "AuditTrail", sources: &["audit/trail"], calls: &[(AUDIT, &[QUERY]), (ACCOUNTS, &[BATCH])] },
    Type {
        name: "StaffSessions",
        sources: &[
            "accounts/staff/sessions",
            "accounts/staff/changes",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, UPDATE]), (AUDIT, &[GET, PUT])],
    },
    Type { name: "Guards", sources: &["accounts/guards"], calls: &[(ACCOUNTS, &[UPDATE])] },
    Type { name: "Tries", sources: &["accounts/tries"], calls: &[(ACCOUNTS, &[GET, PUT])] },
    Type {
        name: "AgencyList",
        sources: &["registry/agency_list", "registry/directory"],
        calls: &[("table registry/index/by_province", &[QUERY])],
    },
    Type {
        name: "StaffSignIn",
        sources: &["accounts/staff/sign_in"],
        calls: &[(ACCOUNTS, &[GET, BATCH, UPDATE])],
    },
    Type {
        name: "StaffChallenges",
        sources: &[
            "accounts/staff/challenges",
            "accounts/code_tries",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[PUT, UPDATE, GET]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "StaffAcceptance",
        sources: &[
            "accounts/staff/acceptance",
            "accounts/staff/changes",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT, DELETE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "StaffDesk",
        sources: &[
            "accounts/staff/desk",
            "accounts/staff/list",
            "accounts/staff/changes",
            "accounts/changes",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, BATCH, QUERY, UPDATE, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "StaffInvitations",
        sources: &[
            "accounts/staff/invitations",
            "accounts/staff/changes",
            "accounts/changes",
            "session_check",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT, CHECK]), (AUDIT, &[GET, PUT])],
    },
    Type {
        name: "OperatorInvitations",
        sources: &[
            "accounts/staff/invitations",
            "accounts/staff/changes",
            "accounts/changes",
            "audit",
            "audit/head",
        ],
        calls: &[(ACCOUNTS, &[GET, PUT]), (AUDIT, &[GET, PUT])],
    },
    Type { name: "MailLedger", sources: &["mail_ledger"], calls: &[("table mail", &[GET, PUT, UPDATE])] },
    Type { name: "MailQueue", sources: &["queue"], calls: &[("MailQueue", &["sqs:SendMessage"])] },
    Type { name: "RoundMail", sources: &["queue"], calls: &[("RoundMailQueue", &["sqs:SendMessage"])] },
    Type { name: "Addresses", sources: &["mail/addresses"], calls: &[("table mail", &[GET, PUT])] },
    Type { name: "Plans", sources: &["mail/plans"], calls: &[("table mail", &[QUERY, PUT])] },
    Type { name: "RoundLook", sources: &["registry/round_look"], calls: &[(REGISTRY, &[BATCH])] },
    Type { name: "Roster", sources: &["registry/roster"], calls: &[(REGISTRY, &[GET, BATCH, QUERY])] },
    Type { name: "Counting", sources: &["registry/counting"], calls: &[(REGISTRY, &[GET, PUT])] },
    Type { name: "Officers", sources: &["accounts/officers"], calls: &[(ACCOUNTS, &[BATCH, QUERY])] },
    Type {
        name: "Reaches",
        sources: &["reaches"],
        calls: &[(REGISTRY, &[BATCH]), (ACCOUNTS, &[BATCH]), ("table mail", &[BATCH])],
    },
    Type {
        name: "Pictures",
        sources: &["bucket/pictures"],
        calls: &[
            ("bucket intake/*", &[READ, REMOVE]),
            ("bucket photos/*", &[READ, WRITE]),
            ("bucket public/photos/*", &[READ, WRITE, REMOVE]),
        ],
    },
    Type {
        name: "Published",
        sources: &["bucket/published"],
        calls: &[("bucket public/lists/*", &[READ, WRITE]), ("bucket public/open/*", &[READ, WRITE])],
    },
    Type {
        name: "ExportFiles",
        sources: &["bucket/exports"],
        calls: &[("bucket exports/*", &[READ, WRITE])],
    },
    Type {
        name: "AttachmentFiles",
        sources: &["bucket/attachments", "bucket/signing"],
        calls: &[
            ("bucket intake/attachments/*", &[READ, WRITE, REMOVE]),
            ("bucket public/files/*", &[WRITE, REMOVE]),
        ],
    },
    Type { name: "Uploads", sources: &["bucket/signing"], calls: &[("bucket intake/*", &[WRITE])] },
];

/// Types that keep to the items of some keys, so that a role may be held to these; tests of safety hold them to it.
pub(super) const KEEP_TO_KEYS: &[&str] = &["Tries", "ExportLog"];
