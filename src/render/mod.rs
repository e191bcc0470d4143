//! Output formats: JSON shape, CoNLL-U, HTML, terminal.
