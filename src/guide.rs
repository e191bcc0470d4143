//! The long documents of the project, so that they can be read here and their examples run as tests.
//!
//! This module exists in the documentation only.

/// Declares a module whose documentation is a file of the repository.
macro_rules! pages {
    ($($name:ident $file:literal)*) => {
        $(#[doc = include_str!(concat!("../", $file))] pub mod $name {})*
    };
}

pages! {
    tutorial "docs/tutorial.md"
    coming_from "docs/coming-from.md"
    morphology "docs/morphology.md"
    conventions "docs/conventions.md"
    training "docs/training.md"
    formats "docs/formats.md"
    architecture "ARCHITECTURE.md"
    accuracy "ACCURACY.md"
    performance "PERFORMANCE.md"
    security "SECURITY.md"
    study_own_split "docs/study-own-split.md"
    study_shipped "docs/study-shipped.md"
    api_review "docs/api-review.md"
    contributing "CONTRIBUTING.md"
    changelog "CHANGELOG.md"
}
