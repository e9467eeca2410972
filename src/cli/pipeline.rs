//! Rows through worker threads and back in their order. The only file with threads that work.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use anyhow::{Result, anyhow};
use condong::read::{Columns, Damage, Dates, Finding, Moment, Next, NoDate, Posts, Row};
use indicatif::{ProgressBar, ProgressStyle};

use super::input::Rejects;
use super::say::say;

mod jobs;

pub(crate) use jobs::Jobs;

/// How many rows travel together: enough that channels cost nothing, few enough that memory stays small.
const BATCH: usize = 256;
/// A batch is also full when its rows hold so many bytes, so that memory stays small where posts are long.
const BATCH_BYTES: usize = 512 << 10;
/// How many batches each worker may have under way.
const AHEAD: usize = 4;

/// What the rows of one input have in common.
pub(crate) struct Source {
    /// Its name.
    pub(crate) file: String,
    /// The names of its columns.
    pub(crate) header: Vec<String>,
    /// Which column is what.
    pub(crate) columns: Columns,
    /// How its dates are read.
    pub(crate) dates: Dates,
    /// Its place among the inputs.
    number: usize,
}

/// Rows of one input that travel together, and what a worker made of them.
pub(crate) struct Batch {
    /// Where they are from.
    pub(crate) source: Arc<Source>,
    rows: Vec<Row>,
    length: usize,
    /// When they were written, and what is wrong with that.
    pub(crate) dates: Vec<Result<Moment, NoDate>>,
    damage: Damage,
    /// What the worker wrote.
    pub(crate) out: Vec<u8>,
    /// The table that it made.
    #[cfg(feature = "parquet")]
    pub(crate) table: Option<arrow_array::RecordBatch>,
}

impl Batch {
    /// The rows.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows[..self.length]
    }

    /// Dates are looked at by the workers: reading, which one thread does, must not wait for it.
    fn look_at_dates(&mut self) {
        self.damage = Damage::default();
        self.dates.clear();
        let Self { rows, damage, source, .. } = self;
        self.dates.extend(rows[..self.length].iter().map(|row| damage.look_at_date(row, &source.dates)));
    }
}

/// What was noticed on the way.
#[derive(Default)]
pub(crate) struct Noticed {
    /// Rows that could not be read.
    pub(crate) rejected: u64,
    /// Damage by input.
    pub(crate) damage: Vec<(String, Damage)>,
    /// What else there is to say of the inputs.
    notes: Vec<String>,
}

/// Works on batches in one thread; `finish` gives what it kept.
pub(crate) trait Worker: Send {
    /// Works on one batch.
    fn work(&mut self, batch: &mut Batch) -> Result<()>;
}

/// Reads every row of the inputs, lets the workers work on them side by side, and gives the batches to `sink` in the order
/// of the inputs, whatever the number of workers.
pub(crate) fn run<W: Worker>(
    inputs: impl Iterator<Item = Result<Posts>>,
    rejects: Rejects,
    workers: Vec<W>,
    mut sink: impl FnMut(&mut Batch) -> Result<()>,
) -> Result<(Vec<W>, Noticed)> {
    let mut reading = Reading::of(Box::new(inputs), rejects);
    if let [_] = workers.as_slice() {
        let mut workers = workers;
        while let Some(mut batch) = reading.next()? {
            batch.look_at_dates();
            workers[0].work(&mut batch)?;
            sink(&mut batch)?;
            reading.take_back(batch);
        }
        return Ok((workers, reading.finish()?));
    }
    std::thread::scope(|scope| {
        let count = workers.len();
        let mut ends = Vec::with_capacity(count);
        let mut threads = Vec::with_capacity(count);
        for mut worker in workers {
            let (to, from_reader) = sync_channel::<Batch>(AHEAD);
            let (to_sink, from) = sync_channel::<Result<Batch>>(AHEAD);
            ends.push(Some((to, from)));
            threads.push(scope.spawn(move || {
                serve(&mut worker, &from_reader, &to_sink);
                worker
            }));
        }
        let result = pump(&mut reading, &mut ends, &mut sink);
        ends.clear();
        let workers: Vec<W> = threads.into_iter().filter_map(|thread| thread.join().ok()).collect();
        result?;
        anyhow::ensure!(workers.len() == count, "a worker thread broke down");
        Ok((workers, reading.finish()?))
    })
}

type Ends = Option<(SyncSender<Batch>, Receiver<Result<Batch>>)>;

/// Deals batches to the workers in turn and takes them back in the same turn, which keeps their order.
fn pump(reading: &mut Reading, ends: &mut [Ends], sink: &mut impl FnMut(&mut Batch) -> Result<()>) -> Result<()> {
    let (mut sent, mut taken) = (0, 0);
    let lost = || anyhow!("a worker thread broke down");
    let mut take = |ends: &[Ends], taken: &mut usize, reading: &mut Reading| -> Result<()> {
        let (_, from) = ends[*taken % ends.len()].as_ref().ok_or_else(lost)?;
        let mut batch = from.recv().map_err(|_| lost())??;
        sink(&mut batch)?;
        reading.take_back(batch);
        *taken += 1;
        Ok(())
    };
    // What was read before an error still goes out, whatever the number of threads.
    let end = loop {
        let batch = match reading.next() {
            Ok(Some(batch)) => batch,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        };
        if sent - taken >= ends.len() * AHEAD {
            take(ends, &mut taken, reading)?;
        }
        let (to, _) = ends[sent % ends.len()].as_ref().ok_or_else(lost)?;
        to.send(batch).map_err(|_| lost())?;
        sent += 1;
    };
    while taken < sent {
        take(ends, &mut taken, reading)?;
    }
    end
}

fn serve(worker: &mut impl Worker, from: &Receiver<Batch>, to: &SyncSender<Result<Batch>>) {
    while let Ok(mut batch) = from.recv() {
        batch.look_at_dates();
        let done = worker.work(&mut batch).map(|()| batch);
        if to.send(done).is_err() {
            break;
        }
    }
}

/// The inputs, one after another, as batches.
struct Reading<'i> {
    inputs: Box<dyn Iterator<Item = Result<Posts>> + 'i>,
    open: Option<(Posts, Arc<Source>)>,
    /// Whether a batch of the open input is on its way.
    begun: bool,
    rejects: Rejects,
    noticed: Noticed,
    /// Batches whose buffers can be used again.
    spare: Vec<Batch>,
    progress: ProgressBar,
    /// What ended reading early, once the rows before it are on their way.
    failed: Option<anyhow::Error>,
}

impl<'i> Reading<'i> {
    fn of(inputs: Box<dyn Iterator<Item = Result<Posts>> + 'i>, rejects: Rejects) -> Self {
        Self {
            inputs,
            open: None,
            begun: false,
            rejects,
            noticed: Noticed::default(),
            spare: Vec::new(),
            progress: progress(),
            failed: None,
        }
    }

    /// The next rows of the present input, or the first of the next one.
    fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            if self.open.is_none() && !self.open_next()? {
                return Ok(None);
            }
            let batch = self.fill()?;
            if batch.length == 0
                && let Some(error) = self.failed.take()
            {
                return Err(error);
            }
            // An input without rows has a header all the same.
            if batch.length > 0 || !self.begun {
                self.begun = true;
                self.progress.inc(batch.length as u64);
                return Ok(Some(batch));
            }
            self.spare.push(batch);
            if let Some((posts, source)) = self.open.take() {
                self.noticed.damage[source.number].1 += posts.damage();
            }
        }
    }

    /// Takes a batch back that has been worked on.
    fn take_back(&mut self, batch: Batch) {
        self.noticed.damage[batch.source.number].1 += &batch.damage;
        self.spare.push(batch);
    }

    fn open_next(&mut self) -> Result<bool> {
        let Some(posts) = self.inputs.next().transpose()? else { return Ok(false) };
        let source = Source {
            file: posts.file().to_owned(),
            header: posts.header().to_vec(),
            columns: posts.columns().clone(),
            dates: posts.dates().clone(),
            number: self.noticed.damage.len(),
        };
        self.noticed.damage.push((source.file.clone(), Damage::default()));
        if let (above @ 1.., line) = (posts.found().preamble, posts.found().header_line.value) {
            let rows = if above == 1 { "1 row" } else { &format!("{above} rows") };
            let note = format!("{}:{line}: the header; {rows} above it left out, being no posts", source.file);
            self.noticed.notes.push(note);
        }
        self.open = Some((posts, Arc::new(source)));
        self.begun = false;
        Ok(true)
    }

    fn fill(&mut self) -> Result<Batch> {
        let Some((posts, source)) = &mut self.open else { return Err(anyhow!("no input is open")) };
        let mut batch = self.spare.pop().unwrap_or_else(|| Batch {
            source: Arc::clone(source),
            rows: Vec::new(),
            length: 0,
            dates: Vec::new(),
            damage: Damage::default(),
            out: Vec::new(),
            #[cfg(feature = "parquet")]
            table: None,
        });
        batch.source = Arc::clone(source);
        batch.length = 0;
        batch.out.clear();
        let mut bytes = 0;
        while batch.length < BATCH && bytes < BATCH_BYTES && self.failed.is_none() {
            if batch.length == batch.rows.len() {
                batch.rows.push(Row::default());
            }
            match posts.read(&mut batch.rows[batch.length]) {
                Ok(Next::Row) => {
                    bytes += batch.rows[batch.length].fields.as_slice().len();
                    batch.length += 1;
                }
                Ok(Next::Reject(reject)) => self.failed = self.rejects.take(&reject).err(),
                Ok(Next::End) => break,
                Err(error) => self.failed = Some(error.into()),
            }
        }
        Ok(batch)
    }

    fn finish(mut self) -> Result<Noticed> {
        self.progress.finish_and_clear();
        Ok(Noticed { rejected: self.rejects.finish()?, ..self.noticed })
    }
}

/// A count of posts on standard error, only where a person looks at it.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} posts, {per_sec}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Says on standard error what was noticed, and gives the exit status that goes with it.
pub(crate) fn tell(noticed: &Noticed) -> super::exit::Exit {
    for note in &noticed.notes {
        say(note);
    }
    for (file, damage) in &noticed.damage {
        if damage.rows + damage.rejects == 0 {
            say(&format!("{file}: a header and no rows"));
        }
        for finding in damage.findings() {
            say(&format!("{file}: {}", told(&finding)));
        }
    }
    if noticed.rejected == 0 {
        return super::exit::Exit::Fine;
    }
    let left_out = match noticed.rejected {
        1 => "1 row could not be read and is left out; --rejects FILE keeps it".to_owned(),
        rows => format!("{rows} rows could not be read and are left out; --rejects FILE keeps them"),
    };
    say(&left_out);
    super::exit::Exit::Rejected
}

/// A finding with its rows and their share.
fn told(finding: &Finding) -> String {
    let rows = if finding.rows == 1 { "row" } else { "rows" };
    let share = match finding.share {
        share if share < 0.005 => "under 1 %".to_owned(),
        share => format!("{:.0} %", share * 100.0),
    };
    format!("{} {rows} ({share}): {}", finding.rows, finding.about)
}
