//! All stages composed: one text in, one `Document` out.
