//! Views on the rows of a document: two words each, a document and an index.

mod mention;
mod sentence;
mod token;

pub use mention::{Chain, Chains, Entities, Entity, Mentions};
pub use sentence::{Paragraph, Paragraphs, Sentence, Sentences};
pub use token::{TokenView, Tokens, WordView, Words};

/// An iterator over views of rows that follow each other.
macro_rules! rows {
    ($(#[$doc:meta])* $name:ident of $view:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name<'d, 't> {
            document: &'d Document<'t>,
            range: Range<usize>,
        }

        impl<'d, 't> $name<'d, 't> {
            /// `range` lies within the rows of `document`.
            pub(in crate::pipeline) fn new(document: &'d Document<'t>, range: Range<usize>) -> Self {
                $name { document, range }
            }
        }

        impl<'d, 't> Iterator for $name<'d, 't> {
            type Item = $view<'d, 't>;

            fn next(&mut self) -> Option<$view<'d, 't>> {
                self.range.next().map(|index| $view { document: self.document, index })
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.range.size_hint()
            }

            // A step of any length costs the same.
            fn nth(&mut self, n: usize) -> Option<$view<'d, 't>> {
                self.range.nth(n).map(|index| $view { document: self.document, index })
            }
        }

        impl DoubleEndedIterator for $name<'_, '_> {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.range.next_back().map(|index| $view { document: self.document, index })
            }
        }

        impl ExactSizeIterator for $name<'_, '_> {}
        impl FusedIterator for $name<'_, '_> {}
    };
}
use rows;
