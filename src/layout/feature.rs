//! What is asked of a line. Every answer that is yes is a number, and every number has a row of weights.

use super::page::{Outline, Page};
use super::shape;
use super::words::{Class, has};

/// Writes an enum whose variants have names that can be listed.
macro_rules! facts {
    ($($name:ident)*) => {
        /// Answers that are no word classes.
        #[derive(Clone, Copy, Debug)]
        #[repr(u8)]
        pub(super) enum Fact { $($name),* }

        /// The names of the answers, in the order of their numbers.
        const FACTS: &[&str] = &[$(stringify!($name)),*];
    };
}

facts! {
    Bias
    OneWord TwoWords FourWords SevenWords ManyWords
    EndsStop EndsQuestion EndsColon EndsBracket EndsEllipsis EndsQuote EndsOpen
    StartsBracket StartsSymbol StartsHash StartsAt StartsDigit StartsQuote StartsSmall
    Capitals Title Mixed Small
    OnlyFurniture MostlyFurniture ThirdFurniture SomeFurniture
    Bar Bullet Chevron Slash SpacedDash Label LabelOfTitle Comma InnerStop Bracketed
    CreditTail TailSlash SourceTail SignOffTail
    CopyrightSign Url Domain Hashtag Markup Symbol Handle Email Year MostlyDigits Clock Decimal
    DateOnly DateMostly DateSome Ago
    SignOff TwoNames ShortName RoleName
    First Second Last Late
    BlankBefore BlankAfter NextParagraph PreviousParagraph NextFurniture PreviousFurniture NextShort PreviousShort
    FurnishedPage SomewhatFurnishedPage BarePage SmallPage ShortLinesPage SpeakersPage
    TitleFirst TitleLater Repeats ListItem Speaker InForm OneOfManyDates DateFirst PlaceFirst TitleOfLetter
}

/// Where a line stands to the paragraphs of the text, and its greatest length in bytes.
const ZONES: [&str; 4] = ["above the body", "inside the body", "below the body", "no body"];
const SIZES: [usize; 7] = [8, 20, 45, 80, 130, 200, usize::MAX];

/// Rows of weights: one for each class of the first word, of any word, of the last word; for each zone and size; for each
/// fact; for each kind of the line above.
pub(super) const ROWS: usize =
    3 * Class::COUNT + ZONES.len() * SIZES.len() + FACTS.len() + super::KINDS.len() + 2;

const ZONE: usize = 3 * Class::COUNT;
const FACT: usize = ZONE + ZONES.len() * SIZES.len();

/// The first of the rows about the line above: its kind, or that there is none.
const ABOVE: usize = FACT + FACTS.len();
/// The row that holds below the headline.
pub(super) const BELOW_HEADLINE: usize = ABOVE + super::KINDS.len() + 1;

/// The row that holds below a line of the kind `above`.
pub(super) fn above_row(above: Option<usize>) -> usize {
    ABOVE + above.unwrap_or(super::KINDS.len())
}

/// The name of a row, for the table of weights.
#[allow(clippy::indexing_slicing)] // each arm is for the rows that its lists have
pub(super) fn row_name(row: usize) -> String {
    match row {
        _ if row < ZONE => {
            let place = ["first word", "some word", "last word"][row / Class::COUNT];
            format!("{place}: {}", Class::ALL[row % Class::COUNT].1)
        }
        _ if row < FACT => {
            let (zone, size) = ((row - ZONE) / SIZES.len(), (row - ZONE) % SIZES.len());
            match SIZES[size] {
                usize::MAX => format!("{}, longer", ZONES[zone]),
                most => format!("{}, at most {most} bytes", ZONES[zone]),
            }
        }
        _ if row < ABOVE => FACTS[row - FACT].to_owned(),
        BELOW_HEADLINE => "below the headline".to_owned(),
        _ => match super::KINDS.get(row - ABOVE) {
            Some(kind) => format!("above: {}", kind.map_or("body", super::LayoutKind::name)),
            None => "above: nothing".to_owned(),
        },
    }
}

/// The rows that hold for a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows(pub(super) Vec<u8>);

impl Rows {
    #[allow(clippy::cast_possible_truncation)] // ROWS is below 256, which a test asserts
    fn row(&mut self, row: usize) {
        self.0.push(row as u8);
    }

    fn fact(&mut self, fact: Fact) {
        self.row(FACT + fact as usize);
    }

    fn when(&mut self, holds: bool, fact: Fact) {
        if holds {
            self.fact(fact);
        }
    }

    /// Fills in what the line at `at` shows by itself, by its place and by its neighbours.
    pub(super) fn fill(&mut self, page: &Page<'_>, at: usize) {
        self.0.clear();
        let Some(line) = page.lines.get(at) else { return };
        let text = page.text_of(at);
        let marks = shape::Marks::of(text);
        self.fact(Fact::Bias);
        self.words(line);
        self.form(line, text, &marks);
        self.set_pieces(page, at, line, text, &marks);
        self.place(page, at, line, text);
    }

    fn words(&mut self, line: &Outline) {
        // Among many words of prose one of furniture says nothing.
        let any = if line.words <= 6 || 3 * line.furniture >= line.words { line.any } else { 0 };
        let mut rest = line.first | any | line.last;
        while rest != 0 {
            let class = rest.trailing_zeros();
            rest &= rest - 1;
            for (place, classes) in [line.first, any, line.last].into_iter().enumerate() {
                if classes >> class & 1 == 1 {
                    self.row(place * Class::COUNT + class as usize);
                }
            }
        }
        self.fact(match line.words {
            0 | 1 => Fact::OneWord,
            2 | 3 => Fact::TwoWords,
            4..=6 => Fact::FourWords,
            7..=12 => Fact::SevenWords,
            _ => Fact::ManyWords,
        });
        self.when(line.furniture >= line.words, Fact::OnlyFurniture);
        self.when(line.furniture < line.words && 2 * line.furniture >= line.words, Fact::MostlyFurniture);
        let third = 2 * line.furniture < line.words && 3 * line.furniture >= line.words;
        self.when(third, Fact::ThirdFurniture);
        self.when(line.furniture > 0 && 3 * line.furniture < line.words, Fact::SomeFurniture);
    }

    fn form(&mut self, line: &Outline, text: &str, marks: &shape::Marks) {
        let last = text.chars().next_back().unwrap_or(' ');
        self.fact(match last {
            '.' if text.ends_with("...") => Fact::EndsEllipsis,
            '.' => Fact::EndsStop,
            '?' | '!' => Fact::EndsQuestion,
            ':' => Fact::EndsColon,
            ')' | ']' => Fact::EndsBracket,
            '…' => Fact::EndsEllipsis,
            '"' | '”' | '\'' | '’' => Fact::EndsQuote,
            _ => Fact::EndsOpen,
        });
        match text.chars().next().unwrap_or(' ') {
            '(' | '[' => self.fact(Fact::StartsBracket),
            '#' => self.fact(Fact::StartsHash),
            '@' => self.fact(Fact::StartsAt),
            '"' | '“' | '\'' | '‘' => self.fact(Fact::StartsQuote),
            c if c.is_ascii_digit() => self.fact(Fact::StartsDigit),
            c if c.is_lowercase() => self.fact(Fact::StartsSmall),
            c if !c.is_alphanumeric() && c != '©' => self.fact(Fact::StartsSymbol),
            _ => {}
        }
        self.fact(match line.case {
            shape::Case::Capitals => Fact::Capitals,
            shape::Case::Title => Fact::Title,
            shape::Case::Mixed => Fact::Mixed,
            shape::Case::Small => Fact::Small,
        });
        self.when(line.label, Fact::Label);
        let titled = |(_, rest): (&str, &str)| rest.len() >= 15 && shape::case(rest) == shape::Case::Title;
        self.when(line.label && text.split_once(':').is_some_and(titled), Fact::LabelOfTitle);
        let bracketed = text.starts_with(['(', '[']) && text.ends_with([')', ']']);
        self.when(bracketed, Fact::Bracketed);
        self.when(marks.bar, Fact::Bar);
        self.when(marks.bullet, Fact::Bullet);
        self.when(marks.chevron, Fact::Chevron);
        self.when(marks.slash, Fact::Slash);
        self.when(marks.dash, Fact::SpacedDash);
        self.when(marks.comma, Fact::Comma);
        self.when(marks.stop, Fact::InnerStop);
        self.when(marks.copyright, Fact::CopyrightSign);
        self.when(marks.markup, Fact::Markup);
        self.when(marks.hash, Fact::Hashtag);
        self.when(marks.symbol, Fact::Symbol);
        let email = marks.at && shape::has_email(text);
        self.when(email, Fact::Email);
        self.when(marks.at && !email, Fact::Handle);
        self.when(text.contains("http") || text.contains("www."), Fact::Url);
        self.when(line.list_item, Fact::ListItem);
        self.when(line.speaker, Fact::Speaker);
    }

    fn set_pieces(&mut self, page: &Page<'_>, at: usize, line: &Outline, text: &str, marks: &shape::Marks) {
        let numbers = shape::numbers(text);
        self.when(numbers.year, Fact::Year);
        self.when(numbers.clock, Fact::Clock);
        self.when(numbers.decimal, Fact::Decimal);
        self.when(2 * numbers.digits >= text.len(), Fact::MostlyDigits);
        self.when(shape::has_domain(text), Fact::Domain);
        let dated = line.dated;
        self.when(dated.is_date && dated.others == 0, Fact::DateOnly);
        self.when(dated.is_date && dated.others == 0 && page.dates > 2, Fact::OneOfManyDates);
        self.when(dated.is_date && dated.others <= 2 && at == 0, Fact::DateFirst);
        self.when(dated.is_date && (1..=2).contains(&dated.others), Fact::DateMostly);
        self.when(dated.is_date && dated.others > 2, Fact::DateSome);
        self.when(line.ago, Fact::Ago);
        self.when(shape::is_sign_off(text), Fact::SignOff);
        let tail = shape::tail(text);
        self.when(tail.is_some_and(shape::is_credit), Fact::CreditTail);
        let signed = text.ends_with(')')
            && text.rfind('(').is_some_and(|at| at > 0 && text.get(at..).is_some_and(shape::is_sign_off));
        self.when(signed, Fact::SignOffTail);
        self.when(!signed && tail.is_some_and(|t| t.contains('/')), Fact::TailSlash);
        self.when(tail.is_some_and(shape::is_names), Fact::SourceTail);
        self.when(shape::are_two_names(text, marks), Fact::TwoNames);
        self.when(line.words <= 4 && line.words >= 2 && shape::is_names(text), Fact::ShortName);
        self.when(has(line.first, Class::Role) && line.case != shape::Case::Small, Fact::RoleName);
    }

    fn place(&mut self, page: &Page<'_>, at: usize, line: &Outline, text: &str) {
        let size = SIZES.iter().position(|&s| text.len() <= s).unwrap_or(0);
        let zone = match page.body {
            Some((first, _)) if at < first => 0,
            Some((_, last)) if at > last => 2,
            Some(_) => 1,
            None => 3,
        };
        self.row(ZONE + zone * SIZES.len() + size);
        self.when(at == 0, Fact::First);
        self.when(at == 1, Fact::Second);
        self.when(at + 1 == page.lines.len(), Fact::Last);
        self.when(at + 4 >= page.lines.len(), Fact::Late);
        let (above, below) = (at.checked_sub(1).and_then(|a| page.lines.get(a)), page.lines.get(at + 1));
        self.when(line.blank_before, Fact::BlankBefore);
        self.when(below.is_some_and(|l| l.blank_before), Fact::BlankAfter);
        self.when(below.is_some_and(|l| l.paragraph), Fact::NextParagraph);
        self.when(above.is_some_and(|l| l.paragraph), Fact::PreviousParagraph);
        self.when(below.is_some_and(|l| l.furnished), Fact::NextFurniture);
        self.when(above.is_some_and(|l| l.furnished), Fact::PreviousFurniture);
        let short = |l: &Outline| !l.paragraph && !l.furnished;
        self.when(below.is_some_and(short), Fact::NextShort);
        self.when(above.is_some_and(short), Fact::PreviousShort);
        let field = |l: &Outline| l.label && !l.furnished;
        self.when(line.label && [above, below].into_iter().flatten().any(field), Fact::InForm);
        self.fact(match page.furnished {
            0 => Fact::BarePage,
            1 | 2 => Fact::SomewhatFurnishedPage,
            _ => Fact::FurnishedPage,
        });
        self.when(2 * page.small > page.lines.len(), Fact::SmallPage);
        self.when(3 * page.paragraphs < page.lines.len(), Fact::ShortLinesPage);
        self.when(3 * page.speakers > page.lines.len(), Fact::SpeakersPage);
        self.when(page.title == Some(at), Fact::TitleFirst);
        self.when(page.title == Some(at) && page.letterhead, Fact::TitleOfLetter);
        self.when(line.place_first, Fact::PlaceFirst);
        self.when(page.title.is_some_and(|t| t < at) && line.is_title(text), Fact::TitleLater);
        self.when(page.repeats(at), Fact::Repeats);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_weights_has_the_rows_that_are_asked_for() {
        const { assert!(ROWS <= 256) };
        assert_eq!(super::super::weights::WEIGHTS.len(), ROWS);
        let source = include_str!("weights.rs");
        let names: Vec<&str> = source.lines().filter_map(|l| l.split_once("], // ")).map(|l| l.1).collect();
        let expected: Vec<String> = (0..ROWS).map(row_name).collect();
        assert_eq!(names, expected, "run `cargo xtask train-layout`");
    }
}
