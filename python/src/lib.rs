//! What the Python package calls: the engine and the commands of the command line, without the interpreter's lock.

use std::ffi::OsString;

use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_pyarrow::{PyArrowType, Table};
use condong::cli;
use condong::lexicon::{Folder, layered};
use condong::opinion::Reader;
use condong::read::TableText;
use condong::render::explanation;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// A folder of lexicon files: its name in messages, and the path and text of each.
type Files = (String, Vec<(String, String)>);

fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(format!("{error:#}"))
}

/// A lexicon that is ready for use.
#[pyclass(frozen)]
struct Lexicon {
    lexicon: condong::lexicon::Lexicon,
    events: String,
}

#[pymethods]
impl Lexicon {
    /// The lexicon of these folders, of which later ones override earlier ones; over the built-in one if `over_builtin`.
    #[new]
    fn new(py: Python<'_>, layers: Vec<Files>, over_builtin: bool) -> PyResult<Self> {
        py.detach(|| {
            let mut folders: Vec<Folder> = if over_builtin { condong::lexicon::builtin() } else { Vec::new() };
            for (name, files) in &layers {
                folders.extend(layered(name, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))));
            }
            let lexicon = condong::lexicon::Lexicon::of(&folders).map_err(wrong)?;
            Ok(Self { lexicon, events: cli::events_of(&folders) })
        })
    }

    #[getter]
    fn version(&self) -> &str {
        self.lexicon.version()
    }
}

/// The files of a lexicon folder on disk, by the rules of the command line.
#[pyfunction]
fn files(py: Python<'_>, folder: std::path::PathBuf) -> PyResult<Vec<(String, String)>> {
    let folders = py.detach(|| cli::folders(&folder)).map_err(|error| PyOSError::new_err(format!("{error:#}")))?;
    let [hand, fitted] = folders.as_slice() else { return Err(wrong("a lexicon is a folder and its fitted weights")) };
    let owned = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
    let fitted = fitted.files().map(|(path, text)| (format!("fitted/{path}"), text.to_owned()));
    Ok(hand.files().map(owned).chain(fitted).collect())
}

/// The answers about the posts of a table with the column `text` and, if known, `seller` and `bio`.
#[pyfunction]
fn score(
    py: Python<'_>,
    lexicon: &Lexicon,
    posts: PyArrowType<RecordBatchStreamReader>,
    columns: Vec<String>,
    jobs: Option<u16>,
) -> PyResult<PyArrowType<Table>> {
    let table = py.detach(|| {
        let scorer = cli::TableScorer::of(&lexicon.lexicon, &columns, "", jobs)?;
        let mut scored: Vec<RecordBatch> = Vec::new();
        for batch in posts.0 {
            let batch = batch?;
            let column = |name: &str| batch.column_by_name(name).cloned();
            let Some(text) = column("text") else { anyhow::bail!("the table has no column `text`") };
            scored.extend(scorer.score(&cli::Given { text, seller: column("seller"), bio: column("bio") })?);
        }
        Ok(Table::try_new(scored, scorer.schema())?)
    });
    table.map(PyArrowType).map_err(|error: anyhow::Error| wrong(error))
}

/// Why a post gets its verdict, as text or as JSON.
#[pyfunction]
fn explain(py: Python<'_>, lexicon: &Lexicon, text: &str, json: bool) -> String {
    py.detach(|| {
        let explained = Reader::of(&lexicon.lexicon).explain(text);
        if json { explanation::json(&explained, lexicon.lexicon.version()) } else { explanation::text(&explained) }
    })
}

/// Posts that were counted for a report.
#[pyclass(frozen)]
struct Partial(condong::report::Partial);

#[pymethods]
impl Partial {
    /// Reads what `encode`, or `report --partial`, wrote.
    #[staticmethod]
    fn decode(py: Python<'_>, bytes: &[u8], name: &str) -> PyResult<Self> {
        py.detach(|| condong::report::Partial::decode(bytes, name)).map(Self).map_err(wrong)
    }

    /// Adds parts that were written, in order, each with its name in messages.
    #[staticmethod]
    fn merged(py: Python<'_>, parts: Vec<(Vec<u8>, String)>) -> PyResult<Self> {
        py.detach(|| {
            let mut whole: Option<condong::report::Partial> = None;
            for (bytes, name) in parts {
                let part = condong::report::Partial::decode(&bytes, &name).map_err(wrong)?;
                match &mut whole {
                    Some(whole) => whole.merge(part, &name).map_err(wrong)?,
                    None => whole = Some(part),
                }
            }
            whole.map(Self).ok_or_else(|| wrong("there is no part to merge"))
        })
    }

    fn encode<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.encode()).map_err(wrong)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The report by the options of the command line.
    fn render(&self, py: Python<'_>, options: Vec<String>) -> PyResult<String> {
        py.detach(|| cli::render(&self.0, &options)).map_err(wrong)
    }
}

/// Counts the posts of a table by the options of the command line.
#[pyfunction]
fn count(
    py: Python<'_>,
    lexicon: &Lexicon,
    table: PyArrowType<RecordBatchStreamReader>,
    name: &str,
    options: Vec<String>,
) -> PyResult<Partial> {
    let counted = py.detach(|| {
        let table = TableText::of(table.0.schema(), table.0);
        cli::count_table(&lexicon.lexicon, &lexicon.events, name, table, &options)
    });
    counted.map(Partial).map_err(wrong)
}

/// Which column of a table is what, and whether months come first in its dates, by the options of the command line.
#[pyfunction]
fn layout(
    py: Python<'_>,
    table: PyArrowType<RecordBatchStreamReader>,
    options: Vec<String>,
) -> PyResult<(Vec<(&'static str, String)>, bool)> {
    py.detach(|| cli::look_at_table(TableText::of(table.0.schema(), table.0), &options)).map_err(wrong)
}

/// Runs the command line; gives its exit status.
#[pyfunction]
fn main(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| cli::run(words) as u8)
}

#[pymodule]
fn _condong(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Lexicon>()?;
    module.add_class::<Partial>()?;
    module.add_function(wrap_pyfunction!(files, module)?)?;
    module.add_function(wrap_pyfunction!(score, module)?)?;
    module.add_function(wrap_pyfunction!(explain, module)?)?;
    module.add_function(wrap_pyfunction!(count, module)?)?;
    module.add_function(wrap_pyfunction!(layout, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    module.add("version", env!("CARGO_PKG_VERSION"))
}
