//! `condong lexicon lint`: what is questionable in lexicon files, with file and line.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::ValueEnum;
use condong::gold::{GoldOptions, Usage, usage};
use condong::lexicon::{Finding, Folder, Level, Lexicon, builtin, file_of, fixed, lint};
use condong::render::lint::{Linted, json, text};

use crate::cli::check::write;
use crate::cli::exit::Exit;
use crate::cli::gold;
use crate::cli::layout::LayoutArgs;
use crate::cli::lexicon_files::folders;
use crate::cli::output::write_file;
use crate::cli::say::say;

/// Find rows that cannot work, repeat each other, or stand out of order; exit 1 when there are errors
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// The lexicon folder; without it, the built-in lexicon
    dir: Option<PathBuf>,
    /// Folders whose rows are added to it and override it (repeatable); then only their rows are looked at
    #[arg(long, value_name = "DIR")]
    overlay: Vec<PathBuf>,
    /// Also say what these posts make of the rows; gold columns tell which rows speak for the wrong label (repeatable)
    #[arg(long, value_name = "FILE")]
    posts: Vec<PathBuf>,
    /// The column of the text in these posts
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// Exit 1 from this level on
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "error")]
    fail_on: FailOn,
    /// Sort the files and leave out rows that stand twice word for word
    #[arg(long)]
    fix: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    layout: LayoutArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Lints and says what it found.
pub(crate) fn run(args: &Args) -> Result<Exit> {
    let dirs: Vec<&Path> = args.dir.iter().chain(&args.overlay).map(PathBuf::as_path).collect();
    if args.fix {
        ensure!(!dirs.is_empty(), "--fix wants a folder; the built-in lexicon is compiled in");
        fix(&dirs, &all(args)?)?;
    }
    let all = all(args)?;
    let mut findings = lint(&all);
    // What the folders under an overlay say is not its business, unless nothing loads.
    findings.retain(|finding| finding.level == Level::Error || args.concerns(&finding.place.file));
    let lexicon = Lexicon::of(&all).ok();
    let (usage, exit) = match &lexicon {
        Some(lexicon) if !args.posts.is_empty() => used(args, lexicon).map(|(usage, exit)| (Some(usage), exit))?,
        _ => (None, Exit::Fine),
    };
    let linted = Linted { lexicon: lexicon.as_ref().map(Lexicon::version), findings: &findings, usage: usage.as_ref() };
    match args.format {
        Format::Text => write(&text(&linted), None)?,
        Format::Json => write(&json(&linted)?, None)?,
    }
    let least = if args.fail_on == FailOn::Error { Level::Error } else { Level::Warning };
    let falls_short = findings.iter().any(|finding| finding.level >= least);
    Ok(if falls_short { Exit::FellShort } else { exit })
}

impl Args {
    /// Whether a file is one of those that were asked about: the overlays, where there are any.
    fn concerns(&self, file: &str) -> bool {
        let inside = |dir: &PathBuf| {
            let dir = dir.display().to_string();
            file.strip_prefix(dir.trim_end_matches(['/', '\\'])).is_some_and(|rest| rest.starts_with('/'))
        };
        self.overlay.is_empty() || self.overlay.iter().any(inside)
    }
}

/// The folders in the order in which they override each other.
fn all(args: &Args) -> Result<Vec<Folder>> {
    let mut all = if args.dir.is_some() { Vec::new() } else { builtin() };
    for dir in args.dir.iter().chain(&args.overlay) {
        all.extend(folders(dir)?);
    }
    Ok(all)
}

fn used(args: &Args, lexicon: &Lexicon) -> Result<(Usage, Exit)> {
    let mut options = GoldOptions { reading: args.layout.options(), gold_is_optional: true, ..GoldOptions::default() };
    options.reading.named.text.clone_from(&args.text);
    let corpus = gold::corpus(&args.posts, &options)?;
    let exit = gold::tell(&corpus);
    let posts = corpus.posts;
    ensure!(!posts.is_empty(), "--posts: no post in these files");
    let mut usage = usage(lexicon, &posts);
    usage.never.retain(|row| args.concerns(&row.place));
    usage.idle.retain(|row| args.concerns(&row.place));
    usage.misfiring.retain(|row| args.concerns(&row.place));
    Ok((usage, exit))
}

/// Writes the files of these folders that are not in order, or repeat rows.
fn fix(dirs: &[&Path], all: &[Folder]) -> Result<()> {
    let findings = lint(all);
    for dir in dirs {
        for folder in folders(dir)? {
            for (path, text) in folder.files() {
                let shown = format!("{}/{path}", folder.name());
                let here: Vec<&Finding> = findings.iter().filter(|finding| *finding.place.file == *shown).collect();
                let Some(sorted) = file_of(path).and_then(|file| fixed(text, &file, &here)) else { continue };
                write_file(Path::new(&shown), sorted.as_bytes())?;
                say(&format!("put {shown} in order"));
            }
        }
    }
    Ok(())
}
