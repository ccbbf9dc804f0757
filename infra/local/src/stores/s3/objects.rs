//! The embedded S3's objects: s3s-fs, made as careful as S3 itself where an upload is concerned.
//!
//! s3s-fs writes an object before it compares checksums, and looks for an object before it writes it, without holding
//! anything between. Here a body is read and judged first, one is written at a time, and queues are told.

use std::io;
use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use md5::{Digest, Md5};
use s3s::checksum::ChecksumHasher;
use s3s::dto::*;
use s3s::{Body, S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result};
use s3s_fs::FileSystem;
use tokio::sync::Mutex;

use super::notices::{NewObject, Notices, Pending};

/// The largest object that is taken in one piece.
const LARGEST: usize = 256 * 1024 * 1024;

pub(crate) struct Objects {
    files: FileSystem,
    notices: Arc<Notices>,
    writing: Mutex<()>,
}

impl Objects {
    pub(crate) fn new(files: FileSystem, notices: Arc<Notices>) -> Self {
        Self { files, notices, writing: Mutex::default() }
    }

    async fn put(&self, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let input = &mut request.input;
        let body = input.body.take().map_or_else(Body::empty, Body::from);
        let read = Limited::new(body, LARGEST).collect().await;
        let bytes = read.map_err(|error| refused(S3ErrorCode::IncompleteBody, error.to_string()))?.to_bytes();
        if input.content_length.is_some_and(|length| usize::try_from(length) != Ok(bytes.len())) {
            return Err(refused(
                S3ErrorCode::IncompleteBody,
                "the body has another length than was said".into(),
            ));
        }
        judge(input, &bytes)?;
        let object = NewObject {
            bucket: input.bucket.clone(),
            key: input.key.clone(),
            size: bytes.len(),
            e_tag: data_encoding::HEXLOWER.encode(&Md5::digest(&bytes)),
        };
        input.body = Some(StreamingBlob::from(Body::from(bytes)));
        let expected = object.clone();
        let pending = self.noticing(move |notices| notices.expect(&expected)).await?;
        let stored = {
            let _writing = self.writing.lock().await;
            self.files.put_object(request).await
        };
        if let Some(pending) = pending {
            let is_stored = stored.is_ok();
            self.noticing(move |notices| settle(notices, &pending, &object, is_stored)).await?;
        }
        stored
    }

    async fn noticing<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Notices) -> io::Result<T> + Send + 'static,
    ) -> S3Result<T> {
        let notices = Arc::clone(&self.notices);
        let done = tokio::task::spawn_blocking(move || work(&notices)).await;
        done.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(S3Error::internal_error)
    }
}

fn settle(notices: &Notices, pending: &Pending, object: &NewObject, is_stored: bool) -> io::Result<()> {
    if is_stored { notices.tell(pending, object) } else { notices.forget(pending) }
}

/// Whether the body is the one that was promised.
fn judge(input: &PutObjectInput, bytes: &[u8]) -> S3Result<()> {
    let mut hasher = ChecksumHasher {
        crc32: input.checksum_crc32.as_ref().map(|_| Default::default()),
        crc32c: input.checksum_crc32c.as_ref().map(|_| Default::default()),
        sha1: input.checksum_sha1.as_ref().map(|_| Default::default()),
        sha256: input.checksum_sha256.as_ref().map(|_| Default::default()),
        crc64nvme: input.checksum_crc64nvme.as_ref().map(|_| Default::default()),
    };
    hasher.update(bytes);
    let found = hasher.finalize();
    let md5 = input.content_md5.as_ref().map(|_| data_encoding::BASE64.encode(&Md5::digest(bytes)));
    for (name, promised, found) in [
        ("CRC32", &input.checksum_crc32, &found.checksum_crc32),
        ("CRC32C", &input.checksum_crc32c, &found.checksum_crc32c),
        ("SHA1", &input.checksum_sha1, &found.checksum_sha1),
        ("SHA256", &input.checksum_sha256, &found.checksum_sha256),
        ("CRC64NVME", &input.checksum_crc64nvme, &found.checksum_crc64nvme),
        ("MD5", &input.content_md5, &md5),
    ] {
        if promised != found {
            let message = format!("The {name} you specified did not match what we received.");
            return Err(refused(S3ErrorCode::BadDigest, message));
        }
    }
    Ok(())
}

fn refused(code: S3ErrorCode, message: String) -> S3Error {
    S3Error::with_message(code, message)
}

/// Everything else is s3s-fs's own.
macro_rules! objects {
    ($($name:ident: $input:ident => $output:ident,)*) => {
        #[async_trait::async_trait]
        impl S3 for Objects {
            async fn put_object(
                &self,
                request: S3Request<PutObjectInput>,
            ) -> S3Result<S3Response<PutObjectOutput>> {
                self.put(request).await
            }

            $(async fn $name(&self, request: S3Request<$input>) -> S3Result<S3Response<$output>> {
                self.files.$name(request).await
            })*
        }
    };
}

objects! {
    create_bucket: CreateBucketInput => CreateBucketOutput,
    delete_bucket: DeleteBucketInput => DeleteBucketOutput,
    head_bucket: HeadBucketInput => HeadBucketOutput,
    list_buckets: ListBucketsInput => ListBucketsOutput,
    get_bucket_location: GetBucketLocationInput => GetBucketLocationOutput,
    get_object: GetObjectInput => GetObjectOutput,
    head_object: HeadObjectInput => HeadObjectOutput,
    copy_object: CopyObjectInput => CopyObjectOutput,
    delete_object: DeleteObjectInput => DeleteObjectOutput,
    delete_objects: DeleteObjectsInput => DeleteObjectsOutput,
    list_objects: ListObjectsInput => ListObjectsOutput,
    list_objects_v2: ListObjectsV2Input => ListObjectsV2Output,
    create_multipart_upload: CreateMultipartUploadInput => CreateMultipartUploadOutput,
    upload_part: UploadPartInput => UploadPartOutput,
    upload_part_copy: UploadPartCopyInput => UploadPartCopyOutput,
    list_parts: ListPartsInput => ListPartsOutput,
    complete_multipart_upload: CompleteMultipartUploadInput => CompleteMultipartUploadOutput,
    abort_multipart_upload: AbortMultipartUploadInput => AbortMultipartUploadOutput,
}
