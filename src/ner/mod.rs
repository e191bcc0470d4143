//! People, organizations and places: features, model, decoder, trainer.
