//! DynamoDB and S3 inside this process, reached as in the cloud: by the AWS SDK over HTTP.

pub(crate) mod clients;
pub(crate) mod dynamodb;
pub(crate) mod s3;
mod stream;
