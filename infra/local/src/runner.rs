//! Starts the whole system in the right order, and stops it in the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use palad_environment::{Clock, Random, Variables};
use tokio::task::JoinSet;

use crate::StartError;
use crate::addresses::{Addresses, Sockets};
use crate::backing::{self, Backing};
use crate::data_folder::DataFolder;
use crate::gateway::{Gateway, Public, Routes, Site, SiteFile, serve};
use crate::invoke::{Callable, Callables, Invoke};
use crate::queue;
use crate::schedule::{Job, Scheduler};
use crate::secrets::Secrets;
use crate::stop::Stop;
use crate::stores::clients;
use crate::stream::{Reader, Worker};
use crate::template::Template;
use crate::tools::Tools;

/// What a run is asked to be.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port of the site; the three next ones are taken as well. With 0 the system chooses all four.
    pub port: u16,
    /// The data folder.
    pub data: PathBuf,
}

/// What functions are built from on one machine.
pub struct Surroundings {
    /// For each function of the template: its own variables, and the time that a call may take.
    pub functions: BTreeMap<String, (Variables, Duration)>,
    /// The clock that `/local/clock` moves.
    pub clock: Clock,
    /// Random bytes.
    pub random: Random,
    /// Where everything listens; the stores already do.
    pub addresses: Addresses,
}

/// The functions and the website, ready to be called and shown.
#[derive(Default)]
pub struct Wiring {
    /// Each function of the template, by name.
    pub functions: BTreeMap<String, Invoke>,
    /// The website.
    pub files: Vec<SiteFile>,
    /// The headers that every file of it gets.
    pub headers: Vec<(String, String)>,
}

/// A system at work. Ends with [`Running::stop`], or, less gently, when it is dropped.
pub struct Running {
    addresses: Addresses,
    clock: Clock,
    backing: Backing,
    stop: Stop,
    tasks: JoinSet<()>,
}

/// Starts the system; `wire` builds the functions when the stores are there. When this returns, everything is
/// listening.
///
/// # Errors
/// When the data folder cannot be used, a port is taken, or a part does not come up.
pub async fn start_with(
    options: &Options,
    wire: impl AsyncFnOnce(Surroundings) -> Result<Wiring, String>,
) -> Result<Running, StartError> {
    let (clock, random) = (Clock::default(), Random::default());
    let folder = DataFolder::take(&options.data)?;
    // Of a run that was killed: nobody listens there any more.
    Addresses::withdraw(&folder);
    let sockets = Sockets::bind(options.port).await?;
    let addresses = sockets.addresses()?;
    let template = backing::template(&addresses.origins())?;
    let secrets = Secrets::of(folder.path(), &random)?;
    let variables = backing::function_variables(&template, &addresses, &secrets)?;
    let (backing, socket) = Backing::start(folder, sockets, &template, &clock, &random).await?;

    let timeouts = template
        .functions
        .iter()
        .map(|function| (&function.name, function.timeout))
        .collect::<BTreeMap<_, _>>();
    let functions = variables
        .into_iter()
        .map(|(name, map)| {
            let timeout = timeouts.get(&name).copied().unwrap_or_default();
            (name, (Variables::of_map(map), timeout))
        })
        .collect();
    let surroundings = Surroundings { functions, clock: clock.clone(), random: random.clone(), addresses };
    let wiring = wire(surroundings).await.map_err(|message| StartError::Part("a function", message))?;
    let callables = callables(&template, wiring.functions)?;
    let site =
        Site::new(wiring.files, &wiring.headers).map_err(|message| StartError::Part("the site", message))?;

    let stop = Stop::new();
    let mut tasks = JoinSet::new();
    for function in &template.functions {
        for source in &function.queues {
            if let (Some(queue), Some(callable)) =
                (backing.queues.get(&source.queue), callables.get(&function.name))
            {
                tasks.spawn(queue::work(queue.clone(), callable.clone(), source.batch, stop.listen()));
            }
        }
        for source in &function.streams {
            if let Some(callable) = callables.get(&function.name) {
                let reader = Reader::new(backing.database.clone(), source);
                let failures = source.failures.as_ref().and_then(|name| backing.queues.get(name)).cloned();
                let folder = backing.folder.join("stream");
                let (source, callable, random) = (source.clone(), callable.clone(), random.clone());
                let worker = Worker::new(source, reader, &folder, callable, failures, random);
                tasks.spawn(worker.work(stop.listen()));
            }
        }
    }
    let jobs = jobs(&template, &callables, &backing);
    let scheduler =
        Scheduler::new(jobs, &backing.folder, backing.queues.clone(), clock.clone(), random.clone())?;
    let scheduler = Arc::new(scheduler);
    tasks.spawn(Arc::clone(&scheduler).work(stop.listen()));
    let routes = routes(&template, &callables);
    let mailbox = backing.mailbox.clone();
    let public = template.buckets.iter().find(|bucket| bucket.name.contains("-public-"));
    let public = Public::new(
        clients::s3(&addresses.s3_url()),
        public.map_or_else(String::new, |bucket| bucket.name.clone()),
    );
    let tools = Tools { addresses, clock: clock.clone(), random, mailbox, functions: callables, scheduler };
    let serving = serve(Gateway { routes, site, public, tools }, socket, stop.listen());
    tasks.spawn(async move {
        if let Err(error) = serving.await {
            tracing::error!(%error, "the gateway broke off");
        }
    });
    addresses.announce(&backing.folder)?;
    Ok(Running { addresses, clock, backing, stop, tasks })
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The clock of its functions.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Its data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.backing.folder.path()
    }

    /// Stops the gateway and the workers, then what they stand on. The data folder is free after that.
    pub async fn stop(mut self) {
        self.stop.stop();
        backing::finish(&mut self.tasks).await;
        Addresses::withdraw(&self.backing.folder);
        self.backing.stop().await;
    }
}

/// Every function of the template, with its time. One that is missing, or that the template does not know, is
/// an error: the two must name the same.
fn callables(template: &Template, mut functions: BTreeMap<String, Invoke>) -> Result<Callables, StartError> {
    let mut callables = Callables::new();
    for function in &template.functions {
        let name = function.name.clone();
        let invoke = functions.remove(&name).ok_or_else(|| {
            let message =
                format!("template.yaml declares {}, but the runner does not build it", function.resource);
            StartError::Part("the functions", message)
        })?;
        callables.insert(name.clone(), Callable { name, timeout: function.timeout, invoke });
    }
    match functions.into_keys().next() {
        None => Ok(callables),
        Some(name) => {
            let message = format!("the runner builds {name}, which template.yaml does not declare");
            Err(StartError::Part("the functions", message))
        }
    }
}

/// Every schedule of the template, with the function that it calls.
fn jobs(template: &Template, callables: &Callables, backing: &Backing) -> Vec<Job> {
    let mut jobs = Vec::new();
    for function in &template.functions {
        let Some(callable) = callables.get(&function.name) else { continue };
        for source in &function.schedules {
            let failures = source.failures.as_ref().and_then(|name| backing.queues.get(name)).cloned();
            jobs.push(Job { source: source.clone(), function: callable.clone(), failures });
        }
    }
    jobs
}

fn routes(template: &Template, callables: &Callables) -> Routes {
    let routes = template.functions.iter().flat_map(|function| {
        let callable = callables.get(&function.name);
        function.routes.iter().filter_map(move |route| Some((route.clone(), callable?.clone())))
    });
    Routes::new(routes.collect())
}
