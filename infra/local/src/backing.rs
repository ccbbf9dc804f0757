//! What the functions stand on: stores, queue and mail, at work in one data folder.
//!
//! A sub-command needs this much and no site; where a runner is at work already, it goes through
//! that runner's.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use palad_environment::{Clock, Random, Variables};
use tokio::task::JoinSet;

use crate::addresses::{Addresses, Sockets};
use crate::data_folder::DataFolder;
use crate::mail::{Mailbox, PostOffice};
use crate::queue::Queues;
use crate::secrets::Secrets;
use crate::services::{self, Services};
use crate::stop::Stop;
use crate::stores::s3::Notices;
use crate::stores::{clients, dynamodb, s3};
use crate::template::{REGION, Template};
use crate::{StartError, stores};

/// How long requests that have begun are waited for at the end.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// The end of the name of the queue that hears of mail that has come back.
const RETURNED: &str = "-returned";

/// Stores, queue and mail of one data folder, while this is kept.
pub(crate) struct Backing {
    pub(crate) folder: DataFolder,
    pub(crate) queues: Queues,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) database: dynoxide::Database,
    stop: Stop,
    tasks: JoinSet<()>,
}

impl Backing {
    /// Starts everything but the site, whose socket is given back.
    pub(crate) async fn start(
        folder: DataFolder,
        sockets: Sockets,
        template: &Template,
        clock: &Clock,
        random: &Random,
    ) -> Result<(Self, tokio::net::TcpListener), StartError> {
        let addresses = sockets.addresses()?;
        let stop = Stop::new();
        let mut tasks = JoinSet::new();
        let queues =
            Queues::open(&folder.join("queue"), &template.queues).map_err(|error| folder.error(error))?;
        let mailbox = Mailbox::open(&folder.join("mail"), clock.clone(), random.clone());
        let mailbox = Arc::new(mailbox.map_err(|error| folder.error(error))?);
        let file = folder.join("dynamodb.sqlite");
        let (serving, database) = dynamodb::serve(&file, sockets.dynamodb, stop.listen())?;
        tasks.spawn(ended(serving));
        tasks.spawn(dynamodb::sweep(database.clone(), file, clock.clone(), stop.listen()));
        let notices =
            Notices::open(&folder.join("s3-events"), &template.buckets, queues.clone(), random.clone());
        let notices = Arc::new(notices.map_err(|error| folder.error(error))?);
        let told = Arc::clone(&notices);
        let objects = s3::serve(&folder.join("s3"), &template.buckets, told, sockets.s3, stop.listen())?;
        tasks.spawn(ended(objects));
        let returned = template.queues.iter().find(|queue| queue.name.ends_with(RETURNED));
        let mail = PostOffice {
            mailbox: Arc::clone(&mailbox),
            returned: returned.and_then(|queue| queues.get(&queue.name)).cloned(),
            random: random.clone(),
        };
        let services = Services { queues: queues.clone(), mail, random: random.clone() };
        tasks.spawn(ended(services::serve(services, sockets.services, stop.listen())));
        let backing = Self { folder, queues, mailbox, database, stop, tasks };
        let tables = clients::dynamodb(&addresses.dynamodb_url());
        let buckets = clients::s3(&addresses.s3_url());
        tokio::try_join!(
            dynamodb::create_tables(&tables, &template.tables),
            s3::create_buckets(&buckets, &template.buckets)
        )?;
        notices.recover(&buckets).await.map_err(|error| backing.folder.error(error))?;
        Ok((backing, sockets.site))
    }

    /// Stops everything; what has begun is finished, within reason.
    pub(crate) async fn stop(mut self) {
        self.stop.stop();
        finish(&mut self.tasks).await;
    }
}

/// Waits for tasks to end, but not for ever.
pub(crate) async fn finish(tasks: &mut JoinSet<()>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        tracing::warn!("not everything ended in time; the rest is broken off");
    }
}

async fn ended(task: tokio::task::JoinHandle<()>) {
    if let Err(error) = task.await {
        tracing::error!(%error, "a server broke off");
    }
}

/// The templates, for a runner whose site is at these origins.
pub(crate) fn template(origins: &str) -> Result<Template, StartError> {
    Ok(Template::embedded(&BTreeMap::from([("SiteOrigin".to_owned(), origins.to_owned())]))?)
}

/// The variables by which the AWS SDK finds what stands on this machine, as on Lambda and in the command line.
pub(crate) fn aws_variables(addresses: &Addresses) -> [(&'static str, String); 7] {
    [
        ("AWS_REGION", REGION.to_owned()),
        ("AWS_ACCESS_KEY_ID", stores::clients::ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", stores::clients::SECRET_KEY.to_owned()),
        ("AWS_ENDPOINT_URL_DYNAMODB", addresses.dynamodb_url()),
        ("AWS_ENDPOINT_URL_S3", addresses.s3_url()),
        ("AWS_ENDPOINT_URL_SQS", addresses.services_url()),
        ("AWS_ENDPOINT_URL_SESV2", addresses.services_url()),
    ]
}

/// Each function's variables: the template's, with secrets filled in, and the AWS SDK's.
pub(crate) fn function_variables(
    template: &Template,
    addresses: &Addresses,
    secrets: &Secrets,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, StartError> {
    let mut all = BTreeMap::new();
    for function in &template.functions {
        let mut variables = secrets.fill(function)?;
        variables.extend(aws_variables(addresses).map(|(name, value)| (name.to_owned(), value)));
        all.insert(function.name.clone(), variables);
    }
    Ok(all)
}

/// A data folder reached by a sub-command: by a runner that is at work there, or without one.
pub struct Reached {
    variables: Variables,
    own: Option<Backing>,
}

impl Reached {
    /// Reaches the system in the folder.
    ///
    /// # Errors
    /// When the folder cannot be used, or something does not start.
    pub async fn open(path: &Path, clock: &Clock, random: &Random) -> Result<Self, StartError> {
        let (addresses, own) = match DataFolder::take(path) {
            Ok(folder) => {
                let sockets = Sockets::bind(0).await?;
                let addresses = sockets.addresses()?;
                let template = template(&addresses.origins())?;
                let (backing, _site) = Backing::start(folder, sockets, &template, clock, random).await?;
                (addresses, Some(backing))
            }
            Err(StartError::Locked(path)) => {
                let addresses = Addresses::of_running(&path).ok_or_else(|| {
                    StartError::Part(
                        "the sub-command",
                        "the runner in this folder is only just starting; try again".into(),
                    )
                })?;
                (addresses, None)
            }
            Err(error) => return Err(error),
        };
        let secrets = Secrets::of(path, random)?;
        let template = template(&addresses.origins())?;
        let all = function_variables(&template, &addresses, &secrets)?.into_values().flatten().collect();
        Ok(Self { variables: Variables::of_map(all), own })
    }

    /// The variables of all functions together: who works on the data folder may do what they may.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// Whether a runner is at work in the folder.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        self.own.is_none()
    }

    /// Deletes everything that the tables hold.
    ///
    /// # Errors
    /// When the tables cannot be deleted or made again.
    pub async fn empty_tables(&self) -> Result<(), StartError> {
        let url = self.variables.require("AWS_ENDPOINT_URL_DYNAMODB");
        let url = url.map_err(|error| StartError::Part("the sub-command", error.to_string()))?;
        dynamodb::empty_tables(&clients::dynamodb(&url), &template("http://localhost")?.tables).await
    }

    /// Ends what was started for this.
    pub async fn close(self) {
        if let Some(backing) = self.own {
            backing.stop().await;
        }
    }
}
