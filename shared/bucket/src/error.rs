//! The SDK's errors in the store's words.

use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use palad_store::StoreError;

/// What may pass later is told from what will not. A key names an agency and a random number, never a person.
pub(crate) fn sdk_error<E, R>(call: &'static str, error: SdkError<E, R>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
    R: std::fmt::Debug,
{
    const FINAL: [&str; 4] = ["AccessDenied", "NoSuchBucket", "InvalidAccessKeyId", "SignatureDoesNotMatch"];
    let code = error.code().unwrap_or_default().to_owned();
    let cause = format!("{call}: {code} {}", DisplayErrorContext(&error));
    if FINAL.contains(&code.as_str()) { StoreError::Failed(cause) } else { StoreError::Unavailable(cause) }
}
