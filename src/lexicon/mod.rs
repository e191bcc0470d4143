//! Roots and what is known of them: part of speech, frequency class, exceptions.
