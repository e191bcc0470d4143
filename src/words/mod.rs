//! Syntactic words: clitics split off their host as Universal Dependencies does.
