"""Indonesian text in one call: tokens, sentences, stems, and the people, organizations and places it names.

>>> import tutur
>>> document = tutur.Pipeline().process("Menlu Rusia Sergey Lavrov tiba di Brussels. Ia membacakan pernyataan.")
>>> [(e.text, e.label) for e in document.entities if e.score > 0.5][-2:]
[('Sergey Lavrov', 'PER'), ('Brussels', 'LOC')]
>>> [t.stem for t in document.sentences[1]]
['ia', 'baca', 'nyata', '.']

Names are those of the Rust library. Offsets count characters, so that ``text[e.start:e.end] == e.text``; ask for bytes
or UTF-16 with ``Pipeline(offsets="bytes")``. Whole columns go through ``Pipeline.entities_column`` and its like, Spark's
through ``tutur.spark``.
"""

from tutur._tutur import (
    Analyses,
    Analysis,
    Chain,
    Column,
    Dateline,
    Document,
    Entity,
    EntityRules,
    LayoutSpan,
    Paragraph,
    Pipeline,
    ProcessStream,
    Sentence,
    Span,
    Stemmer,
    Token,
    Tokenizer,
    TokenView,
    TuturError,
    UserDictionary,
    Word,
    __version__,
    layout,
)

__all__ = [
    "Analyses",
    "Analysis",
    "Chain",
    "Column",
    "Dateline",
    "Document",
    "Entity",
    "EntityRules",
    "LayoutSpan",
    "Paragraph",
    "Pipeline",
    "ProcessStream",
    "Sentence",
    "Span",
    "Stemmer",
    "Token",
    "TokenView",
    "Tokenizer",
    "TuturError",
    "UserDictionary",
    "Word",
    "__version__",
    "layout",
]
