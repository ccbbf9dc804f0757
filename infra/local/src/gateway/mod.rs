//! The site's origin on one machine: `/api` as API Gateway answers it, `/local` for who sits at
//! the machine, the public bucket's folders as the CDN shows them, and everything else the website's files.

mod answer;
mod api;
mod body;
mod event;
mod files;
mod listener;
mod problem;
mod public;
mod routes;
mod server;

pub(crate) use body::whole;
pub(crate) use files::Site;
pub use files::SiteFile;
pub(crate) use problem::Problem;
pub(crate) use public::Public;
pub(crate) use routes::Routes;
pub(crate) use server::{Gateway, serve};
