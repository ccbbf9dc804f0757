//! Reading a request's body, within a limit.

use axum::body::Body;
use http_body_util::BodyExt;

use super::problem::Problem;

/// Past this a client is cut off: it gets no answer, for it does not stop to listen.
const PATIENCE: usize = 8;

/// The whole body, of at most `limit` bytes. A larger one is read on for a while, so that its sender gets
/// to hear that it is too large and does not only see the connection break.
pub(crate) async fn whole(mut body: Body, limit: usize) -> Result<Vec<u8>, &'static Problem> {
    let mut kept = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Err(&Problem::BROKEN) };
        let Ok(data) = frame.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            kept.extend_from_slice(&data);
        } else if length > limit.saturating_mul(PATIENCE) {
            return Err(&Problem::TOO_LARGE);
        } else {
            kept = Vec::new();
        }
    }
    if length > limit { Err(&Problem::TOO_LARGE) } else { Ok(kept) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_whole_or_refused() {
        assert_eq!(whole(Body::from("1234"), 4).await.ok(), Some(b"1234".to_vec()));
        assert!(whole(Body::from("12345"), 4).await.is_err());
    }
}
