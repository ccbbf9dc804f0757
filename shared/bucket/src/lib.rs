//! S3 behind the domain's types: leave to upload a photo, where its pictures lie, and files of rounds and lists.
//!
//! A crate of its own because the S3 client is heavy to compile: only the functions that need it pay.
//!
//! | bucket | key | who sees it |
//! |---|---|---|
//! | intake | `<agency>/<photo>` | nobody but the function that makes it safe; gone within a day |
//! | intake | `attachments/<file>` | nobody but the function that looks whether it is a PDF; gone within a day |
//! | photos | `<photo>/<size>.jpg` | nobody: safe pictures, kept so that a deleted record can be restored with its face |
//! | public | `photos/<photo>/<size>.jpg` | anybody, while a record shows it |
//! | public | `lists/...`, `open/...` | anybody: the picker's lists, plain pages, open data |
//! | public | `files/<file>.pdf` | anybody who has the address: files of rounds |
//! | exports | `<random>.csv` | the officer who asked for the list, by a link that ends soon; gone within a day |

mod attachments;
mod download;
mod error;
mod exports;
mod pictures;
mod published;
mod signing;
mod uploads;

pub use attachments::{Arrived, AttachmentFiles};
pub use exports::{ExportFile, ExportFiles, LINK_LIFE};
pub use pictures::{Intake, Pictures};
pub use published::{Object, Publication, Published, Seen};
pub use signing::{Permission, UPLOAD_LIFE};
pub use uploads::Uploads;

use aws_sdk_s3::config::RequestChecksumCalculation;
use palad_store::{Aws, Service};

/// A client of S3; `endpoint` in place of the service's own where one is given.
fn client(aws: &Aws, endpoint: Option<String>) -> aws_sdk_s3::Client {
    let config = aws.service(Service::S3);
    // Names of buckets in the path: endpoints of one machine have no names to put them before.
    let has_endpoint = endpoint.is_some() || config.endpoint_url().is_some();
    let mut builder = aws_sdk_s3::config::Builder::from(&config)
        .force_path_style(has_endpoint)
        // A checksum that the SDK adds by itself would have to be sent by the browser too.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    if let Some(endpoint) = endpoint {
        builder = builder.endpoint_url(endpoint);
    }
    aws_sdk_s3::Client::from_conf(builder.build())
}
