//! What a user may choose, and where the functions go.

use std::sync::Arc;

use datafusion::logical_expr::ScalarUDF;
use datafusion::prelude::SessionContext;
use tutur::{OffsetUnit, Pipeline};

use crate::column::Kind;
use crate::function::TextFunction;

/// What becomes of a row whose text cannot be analysed: one that is too long, or on which a tagger of your own panics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnError {
    /// The row's answer is null, and the query goes on.
    #[default]
    Null,
    /// The query ends with an error that quotes the beginning of the text.
    Raise,
}

/// The SQL functions and their options.
///
/// Cheap to clone. All functions share one pipeline, and so do all threads of the engine.
///
/// # Examples
///
/// Names of your own in SQL, offsets for JavaScript, and an end at the first failing row:
///
/// ```
/// use datafusion::prelude::SessionContext;
/// use tutur::{EntityKind, EntityRules, OffsetUnit, Pipeline};
/// use tutur_datafusion::{Functions, OnError};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let rules = EntityRules::builder().name("Dapur Mak Itam", EntityKind::Organization).build()?;
/// let context = SessionContext::new();
/// Functions::new()
///     .pipeline(Pipeline::builder().rules(rules).build()?)
///     .offsets(OffsetUnit::Utf16)
///     .on_error(OnError::Raise)
///     .register(&context);
/// let query = "SELECT tutur_entities('Kami makan di Dapur Mak Itam.')[1]['text'] AS nama";
/// assert!(context.sql(query).await?.to_string().await?.contains("Dapur Mak Itam"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Functions {
    settings: Settings,
}

/// The options, as the functions read them.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) pipeline: Pipeline,
    /// Finds the same sentences as `pipeline`, and nothing else where that is possible.
    pub(crate) sentences: Pipeline,
    pub(crate) offsets: OffsetUnit,
    pub(crate) on_error: OnError,
    pub(crate) max_bytes: usize,
}

/// What Arrow's views can hold as one value.
const MAX_BYTES: usize = i32::MAX as usize;

impl Functions {
    /// The functions with the data inside the crate.
    pub fn new() -> Functions {
        let pipeline = Pipeline::new();
        let sentences = Pipeline::builder().entities(false).stemming(false).layout(false).build();
        let settings = Settings {
            sentences: sentences.unwrap_or_else(|_| pipeline.clone()),
            pipeline,
            offsets: OffsetUnit::Chars,
            on_error: OnError::default(),
            max_bytes: MAX_BYTES,
        };
        Functions { settings }
    }

    /// A pipeline of your own, whose documents all functions show.
    pub fn pipeline(mut self, pipeline: Pipeline) -> Functions {
        self.settings.sentences = pipeline.clone();
        self.settings.pipeline = pipeline;
        self
    }

    /// What `start` and `end` count. Default: characters, as SQL's `substr` does.
    pub fn offsets(mut self, unit: OffsetUnit) -> Functions {
        self.settings.offsets = unit;
        self
    }

    /// What becomes of a row that cannot be analysed. Default: null.
    pub fn on_error(mut self, policy: OnError) -> Functions {
        self.settings.on_error = policy;
        self
    }

    /// Longest text in bytes; longer ones fail. Default, and at most: 2 GiB less one byte, Arrow's limit for a value.
    /// A lower limit bounds what one stray cell costs.
    pub fn max_bytes(mut self, bytes: usize) -> Functions {
        self.settings.max_bytes = bytes.min(MAX_BYTES);
        self
    }

    /// The functions, for a registry of your own: a `SessionStateBuilder`, executors of another engine.
    #[must_use]
    pub fn udfs(&self) -> Vec<Arc<ScalarUDF>> {
        let settings = Arc::new(self.settings.clone());
        let udf = |kind| Arc::new(ScalarUDF::from(TextFunction::new(kind, settings.clone())));
        [Kind::Stem, Kind::Roots, Kind::Sentences, Kind::Entities].map(udf).into()
    }

    /// Registers the functions, in the place of those of the same name.
    pub fn register(&self, context: &SessionContext) {
        self.udfs().iter().for_each(|udf| context.register_udf(udf.as_ref().clone()));
    }
}

impl Default for Functions {
    fn default() -> Functions {
        Functions::new()
    }
}
