//! By what a change is found again.

use palad_domain::round::receipt::ReceiptNumber;

/// By what a change is found again: the request that asked for it, which the audit names, and the number of the receipt
/// that it gets where a round takes it as an answer.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    pub(super) request_id: &'a str,
    pub(super) receipt: Option<&'a ReceiptNumber>,
}

impl<'a> Reference<'a> {
    /// With a receipt.
    #[must_use]
    pub fn with_receipt(request_id: &'a str, receipt: &'a ReceiptNumber) -> Self {
        Self { request_id, receipt: Some(receipt) }
    }
}

impl<'a> From<&'a str> for Reference<'a> {
    fn from(request_id: &'a str) -> Self {
        Self { request_id, receipt: None }
    }
}
