//! The organizations that most articles name, month by month: one SQL statement over a Parquet file.
//!
//!     cargo run --example top_organizations

use datafusion::dataframe::DataFrameWriteOptions;
use datafusion::error::Result;
use datafusion::prelude::{JsonReadOptions, ParquetReadOptions, SessionContext};

const QUERY: &str = "
    WITH nama AS (
        SELECT id, tanggal, unnest(tutur_entities(isi)) AS e FROM artikel
    ), hitungan AS (
        SELECT to_char(tanggal::date, '%Y-%m') AS bulan, e['chain'] AS organisasi, count(DISTINCT id) AS artikel
        FROM nama WHERE e['label'] = 'ORG' GROUP BY 1, 2
    ), urutan AS (
        SELECT *, row_number() OVER (PARTITION BY bulan ORDER BY artikel DESC, organisasi) AS urut FROM hitungan
    )
    SELECT bulan, urut, organisasi, artikel FROM urutan WHERE urut <= 3 ORDER BY bulan, urut";

#[tokio::main]
async fn main() -> Result<()> {
    let context = SessionContext::new();
    let folder = tempfile::tempdir()?;
    let parquet = folder.path().join("artikel.parquet").display().to_string();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/artikel.jsonl");
    let articles = context.read_json(sample, JsonReadOptions::default().file_extension("jsonl")).await?;
    articles.write_parquet(&parquet, DataFrameWriteOptions::new(), None).await?;

    tutur_datafusion::register(&context);
    context.register_parquet("artikel", &parquet, ParquetReadOptions::default()).await?;
    context.sql(QUERY).await?.show().await
}
