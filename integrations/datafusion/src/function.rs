//! What the planner of the engine asks: name, types, documentation. The answers of rows are made in `evaluate`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue, exec_err, plan_err};
use datafusion::logical_expr::{
    ColumnarValue, DocSection, Documentation, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};

use crate::column::Kind;
use crate::evaluate::evaluate;
use crate::options::Settings;

/// A function of one text.
#[derive(Debug)]
pub(crate) struct TextFunction {
    kind: Kind,
    settings: Arc<Settings>,
    signature: Signature,
    documentation: Documentation,
}

impl TextFunction {
    pub(crate) fn new(kind: Kind, settings: Arc<Settings>) -> TextFunction {
        let syntax = format!("{}(text)", kind.name());
        let documentation = Documentation::builder(DocSection::default(), kind.description(), syntax)
            .with_argument("text", "Indonesian text; null gives null")
            .build();
        let signature = Signature::user_defined(Volatility::Immutable);
        TextFunction { kind, settings, signature, documentation }
    }
}

/// Functions are the same if they were made together: a pipeline has no equality of its own.
impl PartialEq for TextFunction {
    fn eq(&self, other: &TextFunction) -> bool {
        self.kind == other.kind && Arc::ptr_eq(&self.settings, &other.settings)
    }
}

impl Eq for TextFunction {}

impl Hash for TextFunction {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.kind, Arc::as_ptr(&self.settings)).hash(state);
    }
}

impl ScalarUDFImpl for TextFunction {
    fn name(&self) -> &str {
        self.kind.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    /// Text stays as it is stored; everything else is refused, for the engine would cast numbers silently.
    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        match types {
            [DataType::Null] => Ok(vec![DataType::Utf8]),
            [given] if is_text(given) => Ok(vec![given.clone()]),
            [given] => plan_err!("{} expects text, found {given}; CAST it if text is meant", self.name()),
            _ => plan_err!("{} expects one text, found {} arguments", self.name(), types.len()),
        }
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.kind.data_type())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match args.args.as_slice() {
            [ColumnarValue::Array(texts)] => {
                Ok(ColumnarValue::Array(evaluate(self.kind, &self.settings, texts)?))
            }
            [ColumnarValue::Scalar(text)] => {
                let answer = evaluate(self.kind, &self.settings, &text.to_array()?)?;
                Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&answer, 0)?))
            }
            other => exec_err!("{} expects one text, found {} arguments", self.name(), other.len()),
        }
    }

    fn documentation(&self) -> Option<&Documentation> {
        Some(&self.documentation)
    }
}

fn is_text(data_type: &DataType) -> bool {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => {
            matches!(**values, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
        }
        _ => false,
    }
}
