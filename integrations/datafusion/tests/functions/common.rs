//! Tables and queries for the tests.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::Int64Type;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::datasource::MemTable;
use datafusion::error::Result;
use datafusion::prelude::{SessionConfig, SessionContext};
use tutur_datafusion::Functions;

pub(crate) const FUNCTIONS: [&str; 4] = ["tutur_stem", "tutur_roots", "tutur_sentences", "tutur_entities"];

/// Texts that a careless function stumbles over.
pub(crate) const TEXTS: &[Option<&str>] = &[
    Some("Menteri Luar Negeri Rusia Sergey Lavrov tiba di Brussels. Ia menemui pimpinan NATO."),
    None,
    Some(""),
    Some(" \n\t "),
    Some("“Élan Vital” terbit di Palu 😀. Buku-bukunya dibacakan Dr. Ani!"),
    Some("\u{0}\u{202E}\u{FFFF} ... !!! 12.500"),
    Some("Ani"),
];

/// A session with `functions` and the table `t` of one column `isi`, a partition for each list of batches.
pub(crate) fn session(functions: &Functions, partitions: Vec<Vec<ArrayRef>>) -> Result<SessionContext> {
    let batch = |column| RecordBatch::try_from_iter([("isi", column)]);
    let partitions = partitions
        .into_iter()
        .map(|arrays| arrays.into_iter().map(batch).collect())
        .collect::<Result<Vec<Vec<RecordBatch>>, _>>()?;
    let schema = partitions[0][0].schema();
    let config = SessionConfig::new().with_target_partitions(partitions.len());
    let context = SessionContext::new_with_config(config);
    functions.register(&context);
    context.register_table("t", Arc::new(MemTable::try_new(schema, partitions)?))?;
    Ok(context)
}

/// The first column of the answer to `query`.
pub(crate) async fn column(context: &SessionContext, query: &str) -> Result<ArrayRef> {
    let batches = context.sql(query).await?.collect().await?;
    let schema = batches.first().map(|b| b.schema()).expect("an answer");
    Ok(concat_batches(&schema, &batches)?.column(0).clone())
}

/// The answer to `SELECT function(isi) FROM t` over `texts`.
pub(crate) async fn answer(functions: &Functions, function: &str, texts: ArrayRef) -> Result<ArrayRef> {
    let context = session(functions, vec![vec![texts]])?;
    column(&context, &format!("SELECT {function}(isi) FROM t")).await
}

/// Views as strings.
pub(crate) fn strings(array: &dyn Array) -> Vec<Option<String>> {
    array.as_string_view().iter().map(|s| s.map(str::to_owned)).collect()
}

/// The items of each row; none for a null row.
pub(crate) fn lists(array: &dyn Array) -> Vec<Option<ArrayRef>> {
    array.as_list::<i32>().iter().collect()
}

/// `start`, `end` and `text` of the structs of one row.
pub(crate) fn places(items: &ArrayRef) -> Vec<(usize, usize, String)> {
    let (structs, number) =
        (items.as_struct(), |a: &ArrayRef, row| a.as_primitive::<Int64Type>().value(row) as usize);
    let (starts, ends) = (structs.column_by_name("start").unwrap(), structs.column_by_name("end").unwrap());
    let texts = structs.column_by_name("text").unwrap().as_string_view();
    (0..structs.len())
        .map(|row| (number(starts, row), number(ends, row), texts.value(row).to_owned()))
        .collect()
}
