//! One process from its start to its end: when it was ready, how long the first and the later requests took,
//! what they cost.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::runtime_api::RuntimeApi;
use crate::share::{self, Shares};

/// How long anything may take. Interpreters at a small share take seconds.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between warm requests, so that no share is used up by those before.
const PAUSE: Duration = Duration::from_millis(25);

/// Where requests are dear, fewer of them are enough: after so long no more are made, if there were [`ENOUGH`].
const LONG_ENOUGH: Duration = Duration::from_secs(15);
/// Fewer say nothing.
const ENOUGH: usize = 30;

/// A program that answers events.
pub(crate) struct Program {
    /// How the tables call it.
    pub(crate) name: String,
    /// What to run.
    pub(crate) command: Vec<PathBuf>,
    /// Its variables.
    pub(crate) variables: BTreeMap<String, String>,
    /// Its event, and what has to be in the answer. Without one only the start is measured.
    pub(crate) event: Option<(Vec<u8>, &'static str)>,
}

/// What one start gave.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Run {
    /// From the start of the process until it asks for an event, with a whole processor.
    pub(crate) ready: Duration,
    /// From the first event until its answer, at the share.
    pub(crate) first: Duration,
    /// Resident after that, in bytes.
    pub(crate) resident: u64,
}

/// What warm requests gave.
#[derive(Clone, Debug, Default)]
pub(crate) struct Warm {
    /// Each one's time.
    pub(crate) times: Vec<Duration>,
    /// What each of those after them took of a processor, on average: they follow each other without a pause.
    pub(crate) cpu: Duration,
    /// Resident after them, in bytes.
    pub(crate) resident: u64,
}

/// A process that is ended when it is dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program once, holds it to a share when it is ready, and asks it `warm` times more.
pub(crate) fn run(
    program: &Program,
    shares: &Shares,
    megabytes: u64,
    warm: usize,
) -> Result<(Run, Warm), String> {
    let failed = |error: String| format!("{} at {megabytes} MB: {error}", program.name);
    let api = RuntimeApi::start()?;
    let (path, arguments) = program.command.split_first().ok_or("no program")?;
    let mut command = Command::new(path);
    command.args(arguments).env_clear().envs(&program.variables);
    command.env("AWS_LAMBDA_RUNTIME_API", &api.address);
    command.env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes.to_string());
    // What it logs is asked for where something is wrong.
    let shown = std::env::var_os("PALAD_BENCH_LOG").is_some();
    let log = if shown { Stdio::inherit() } else { Stdio::null() };
    let errors = if shown { Stdio::inherit() } else { Stdio::null() };
    command.stdin(Stdio::null()).stdout(log).stderr(errors);
    let began = Instant::now();
    let process = Process(command.spawn().map_err(|error| failed(format!("{}: {error}", path.display())))?);
    let ready = api.ready(PATIENCE).map_err(failed)?.duration_since(began);
    let id = process.0.id();
    let mut done = Run { ready, resident: resident(id), ..Run::default() };
    let mut later = Warm::default();
    let Some((event, expected)) = &program.event else { return Ok((done, later)) };
    shares.hold(id, megabytes)?;
    let call = || {
        let (answer, took) = api.call(event, PATIENCE).map_err(failed)?;
        let answer = String::from_utf8_lossy(&answer);
        if answer.replace(": ", ":").contains(expected) {
            Ok(took)
        } else {
            Err(failed(format!("it answers {answer}")))
        }
    };
    done.first = call()?;
    done.resident = resident(id);
    let began = Instant::now();
    let is_enough = |calls: usize, began: Instant| calls >= ENOUGH && began.elapsed() > LONG_ENOUGH;
    while later.times.len() < warm && !is_enough(later.times.len(), began) {
        std::thread::sleep(PAUSE);
        later.times.push(call()?);
    }
    // What a request costs where one follows the other, and nothing is cold.
    shares.hold(id, share::WHOLE)?;
    let (before, began) = (processor_time(id), Instant::now());
    let mut calls = 0;
    while calls < 2 * warm && !is_enough(calls, began) {
        call()?;
        calls += 1;
    }
    let all = processor_time(id).saturating_sub(before);
    later.cpu = all.checked_div(u32::try_from(calls).unwrap_or(u32::MAX)).unwrap_or_default();
    later.resident = resident(id);
    Ok((done, later))
}

/// What all threads of the process have had of a processor, to the nanosecond.
fn processor_time(process: u32) -> Duration {
    let threads = std::fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().filter_map(Result::ok).map(|thread| thread.path());
    let time = |thread: PathBuf| {
        let text = std::fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
        text.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or(0_u64)
    };
    Duration::from_nanos(threads.map(time).sum())
}

fn resident(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}

/// The size of a file.
pub(crate) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
