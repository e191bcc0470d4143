//! The second look: what one place of a document says of a name helps another. A name found with confidence is a name
//! wherever it stands with the same letters.

use super::document::{EntityRow, TokenRow, touched, within};
use super::names::Names;
use crate::layout::{LayoutKind, LayoutSpan};
use crate::ner::EntityKind;
use crate::text::Span;
use crate::tokenize::TokenKind;

/// Confidence above which a mention speaks for others.
const SURE: f32 = 0.8;

/// The second look at documents; buffers are reused.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    names: Names,
    /// By a form's number.
    votes: Vec<Votes>,
    found: Vec<EntityRow>,
}

/// What the document says of a form.
#[derive(Clone, Debug, Default)]
struct Votes {
    kinds: [(f32, u32); 3],
}

impl Votes {
    fn add(&mut self, kind: EntityKind, score: f32) {
        if let Some(slot) = slot(kind).and_then(|i| self.kinds.get_mut(i)) {
            slot.0 += score;
            slot.1 += 1;
        }
    }

    /// The kind with the largest sum of scores.
    fn best(&self) -> (EntityKind, f32) {
        let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Location];
        let pairs = kinds.into_iter().zip(self.kinds).map(|(k, (sum, _))| (k, sum));
        pairs.fold((EntityKind::Person, -1.0), |best, now| if now.1 > best.1 { now } else { best })
    }
}

fn slot(kind: EntityKind) -> Option<usize> {
    match kind {
        EntityKind::Person => Some(0),
        EntityKind::Organization => Some(1),
        EntityKind::Location => Some(2),
        EntityKind::Other(_) => None,
    }
}

/// The parts of the page that share a byte with `span`.
fn parts_at(layout: &[LayoutSpan], span: Span) -> &[LayoutSpan] {
    layout.get(within(layout, &span.range(), |l| l.span)).unwrap_or_default()
}

/// Drops what is no name: the letters of a sign-off, what servers say, and what buttons say except the places of
/// breadcrumbs. Authors with full names stay.
pub(super) fn drop_in_furniture(text: &str, layout: &[LayoutSpan], entities: &mut Vec<EntityRow>) {
    let empty = |part: &LayoutSpan, entity: &EntityRow| match part.kind {
        LayoutKind::Byline => {
            part.span.of(text).starts_with(['(', '[']) && !entity.span.of(text).contains(' ')
        }
        LayoutKind::Widget => entity.kind != EntityKind::Location,
        LayoutKind::Render => true,
        _ => false,
    };
    let kinds = [LayoutKind::Byline, LayoutKind::Widget, LayoutKind::Render];
    if layout.iter().any(|l| kinds.contains(&l.kind)) {
        entities.retain(|e| !parts_at(layout, e.span).iter().any(|l| empty(l, e)));
    }
}

impl Evidence {
    /// Adds mentions that were missed, and settles mentions of one form that were given different kinds without
    /// confidence.
    pub(super) fn second_look(
        &mut self,
        text: &str,
        tokens: &[TokenRow],
        layout: &[LayoutSpan],
        entities: &mut Vec<EntityRow>,
    ) {
        // Nothing is said of a name where there is none.
        if entities.is_empty() {
            return;
        }
        self.names.clear();
        self.votes.clear();
        self.spelled(text, tokens, entities);
        self.bracketed(text, tokens, entities);
        for entity in entities.iter() {
            let name = entity.span.of(text);
            self.vote(name, entity.kind, entity.score);
            if entity.kind == EntityKind::Person && entity.score >= SURE {
                // The last name, by which news goes on: `Lungescu`.
                if let Some((_, last)) = name.rsplit_once(' ').filter(|(_, l)| l.chars().count() > 3) {
                    self.vote(last, EntityKind::Person, entity.score * 0.5);
                }
            }
        }
        self.split_titles(text, layout, entities);
        for entity in entities.iter_mut() {
            if entity.score < 0.7
                && slot(entity.kind).is_some()
                && let Some((kind, sum)) = self.votes(entity.span.of(text)).map(Votes::best)
                && sum > 2.0 * entity.score
            {
                entity.kind = kind;
            }
        }
        self.missed(text, tokens, entities);
    }

    fn vote(&mut self, name: &str, kind: EntityKind, score: f32) {
        let number = self.names.number(0, name);
        self.votes.resize_with(self.names.len(), Votes::default);
        if let Some(votes) = self.votes.get_mut(number) {
            votes.add(kind, score);
        }
    }

    fn votes(&self, name: &str) -> Option<&Votes> {
        self.votes.get(self.names.find(0, name)?)
    }

    /// Puts what was found among the entities.
    fn settle(&mut self, entities: &mut Vec<EntityRow>) {
        if !self.found.is_empty() {
            entities.append(&mut self.found);
            entities.sort_unstable_by_key(|e| e.span);
        }
    }

    /// A title capitalises every word, so that names in it run together with verbs (`NATO Meradang Rusia`). Where the
    /// body knows the first word alone as a name, and the run nowhere, the names inside it count.
    fn split_titles(&mut self, text: &str, layout: &[LayoutSpan], entities: &mut Vec<EntityRow>) {
        let title = |kind| matches!(kind, LayoutKind::Headline | LayoutKind::HeadlineRepeat);
        if !layout.iter().any(|l| title(l.kind)) {
            return;
        }
        let mut found = std::mem::take(&mut self.found);
        let sure = |word: &str| self.votes(word).map(Votes::best).filter(|b| b.1 >= 2.0 * SURE);
        entities.retain(|entity| {
            let name = entity.span.of(text);
            let in_title = || parts_at(layout, entity.span).iter().any(|l| title(l.kind));
            let Some((first, _)) = name.split_once(' ').filter(|_| in_title()) else { return true };
            let alone = self.votes(name).map_or(0.0, |v| v.best().1);
            if sure(first).is_none_or(|b| b.1 < 2.0 * alone) {
                return true;
            }
            let mut at = entity.span.start;
            for word in name.split(' ') {
                #[allow(clippy::cast_possible_truncation)] // inside a text below 4 GiB
                let span = Span::new(at, at + word.len() as u32);
                at = span.end + 1;
                if let Some((kind, _)) = sure(word) {
                    found.push(EntityRow { span, kind, ..*entity });
                }
            }
            false
        });
        self.found = found;
        self.settle(entities);
    }

    /// An acronym in brackets behind the name it shortens is a name of the same kind: `Serikat Petani Indonesia (SPI)`.
    fn bracketed(&mut self, text: &str, tokens: &[TokenRow], entities: &mut Vec<EntityRow>) {
        for at in brackets(text, tokens) {
            let Some([open, short, ..]) = tokens.get(at..) else { continue };
            // Those that end behind the start of the token before.
            let from =
                at.checked_sub(1).and_then(|before| tokens.get(before)).map_or(0, |t| t.span.start + 1);
            let first = entities.partition_point(|e| e.span.end < from);
            let behind = entities.iter().skip(first).take_while(|e| e.span.end <= open.span.start);
            for entity in behind.filter(|e| slot(e.kind).is_some()) {
                let fits = shortens({ short.span }.of(text), entity.span.of(text));
                if fits && touched(entities, short.span).is_empty() {
                    let score = entity.score.min(0.9);
                    self.found.push(EntityRow { span: short.span, score, ..*entity });
                }
            }
        }
        self.settle(entities);
    }

    /// Where an acronym in brackets is made of the first letters of the words before it, those words are a name of its
    /// kind, whole: `[Badan Standar, Kurikulum, dan Asesmen Pendidikan] ([BSKAP])`. What the tagger found of either says
    /// which kind.
    fn spelled(&mut self, text: &str, tokens: &[TokenRow], entities: &mut Vec<EntityRow>) {
        for at in brackets(text, tokens) {
            let Some(short) = tokens.get(at + 1).map(|t| t.span) else { continue };
            let Some(long) = initials(text, tokens.get(..at).unwrap_or_default(), short.of(text)) else {
                continue;
            };
            // An acronym of two letters is too often found by chance: what stands before it must be a name already.
            let known = if short.len() < 3 { &[] } else { touched(entities, short) };
            let named = Some(touched(entities, long)).filter(|n| !n.is_empty()).unwrap_or(known);
            let best = |e: &&EntityRow, f: &&EntityRow| e.score.total_cmp(&f.score);
            let Some(of) = named.iter().max_by(best).filter(|e| slot(e.kind).is_some()) else { continue };
            let (kind, score) = (of.kind, of.score.clamp(SURE, 0.9));
            // A longer name may well be right: acronyms leave `PT` and `Kementerian` out.
            let holds = |e: &EntityRow| e.span.start <= long.start && long.end <= e.span.end;
            if !touched(entities, long).iter().any(holds) {
                self.found.push(EntityRow::new(long, kind, score));
            }
            if touched(entities, short).iter().map(|e| (e.span, e.kind)).ne([(short, kind)]) {
                self.found.push(EntityRow::new(short, kind, score));
            }
        }
        let mut found = self.found.iter().peekable();
        entities.retain(|entity| {
            while found.next_if(|f| f.span.end <= entity.span.start).is_some() {}
            found.peek().is_none_or(|f| !f.span.overlaps(entity.span))
        });
        self.settle(entities);
    }

    /// Single capitalised tokens outside all entities whose form is a name elsewhere, never without one.
    fn missed(&mut self, text: &str, tokens: &[TokenRow], entities: &mut Vec<EntityRow>) {
        let mut open = entities.iter().peekable();
        for token in tokens.iter().filter(|t| t.kind == TokenKind::Word) {
            let span = token.span;
            // Most words begin with a small letter of ASCII.
            if text.as_bytes().get(span.start as usize).is_some_and(u8::is_ascii_lowercase) {
                continue;
            }
            let word = span.of(text);
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            while open.next_if(|e| e.span.end <= span.start).is_some() {}
            if open.peek().is_some_and(|e| e.span.overlaps(span)) {
                continue;
            }
            let Some(found) = self.votes(word) else { continue };
            let (kind, sum) = found.best();
            let count: u32 = found.kinds.iter().map(|k| k.1).sum();
            // Acronyms are hardly ever words: one sure mention speaks for the others.
            let acronym =
                (3..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && sum >= SURE;
            // `Ketua Umum SPI`: the acronym of an organization stands behind titles.
            let office = acronym && kind == EntityKind::Organization;
            if office || (acronym || sum >= SURE * 1.5 && count >= 2) && !in_longer_name(text, span) {
                self.found.push(EntityRow::new(span, kind, 0.6));
            }
        }
        self.settle(entities);
    }
}

/// The indexes of tokens that open brackets around a single token.
fn brackets(text: &str, tokens: &[TokenRow]) -> impl Iterator<Item = usize> {
    let is = |at: usize, mark: &str| tokens.get(at).is_some_and(|t| { t.span }.of(text) == mark);
    memchr::memchr_iter(b'(', text.as_bytes()).filter_map(move |byte| {
        let at = tokens.partition_point(|t| { t.span }.range().start < byte);
        let here = tokens.get(at).is_some_and(|t| { t.span }.range().start == byte);
        (here && is(at, "(") && is(at + 2, ")")).then_some(at)
    })
}

/// The last of `tokens` whose first letters are those of `short`, small words and commas between them left out.
fn initials(text: &str, tokens: &[TokenRow], short: &str) -> Option<Span> {
    const SMALL: &[&str] =
        &["dan", "di", "ke", "dari", "untuk", "atas", "of", "and", "the", "for", ",", "&", "/"];
    if !(2..=10).contains(&short.len()) || !short.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let capital = short.starts_with(|c: char| c.is_uppercase());
    let mut before = tokens.iter().rev();
    let mut start = None;
    for letter in short.chars().rev() {
        loop {
            let token = before.next()?;
            let word = { token.span }.of(text);
            let begins = |c: char| c.is_uppercase() == capital && c.eq_ignore_ascii_case(&letter);
            if token.kind == TokenKind::Word && word.starts_with(begins) {
                start = Some({ token.span }.start);
                break;
            }
            if !SMALL.contains(&word) {
                return None;
            }
        }
    }
    Some(Span::new(start?, { tokens.last()?.span }.end))
}

/// Whether `short` is made of letters of `long` in their order, the first of its first word: `SPI`, `Kemlu`, `BNPB`.
fn shortens(short: &str, long: &str) -> bool {
    let capital = short.starts_with(|c: char| c.is_uppercase());
    if !capital || !(2..=12).contains(&short.len()) || short.len() >= long.len() || !long.contains(' ') {
        return false;
    }
    let mut letters = long.chars().flat_map(char::to_lowercase);
    let mut wanted = short.chars().flat_map(char::to_lowercase);
    let first = wanted.next();
    first == letters.next() && wanted.all(|w| letters.any(|l| l == w))
}

/// Whether a capitalised word touches the token: it may then be part of a name that is no entity (`Piala Indonesia`).
fn in_longer_name(text: &str, span: Span) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let word = before.strip_suffix(' ').and_then(|b| b.rsplit([' ', '\n']).next()).unwrap_or_default();
    word.starts_with(char::is_uppercase) && !word.ends_with(['.', ',', ':', ';'])
}
