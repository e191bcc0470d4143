//! The stemmer: Indonesian affixes, reduplication and clitics taken apart.
