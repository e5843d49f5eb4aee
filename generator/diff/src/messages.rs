//! Compares what an operation's request and responses carry: media types,
//! statuses, bodies.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    Noise, NoiseKind,
    collect::{Comparison, Samples, TypeChange, Typed, Word, noise},
    facets,
    finding::Change,
    operations::change,
    relate::Relation,
    rules::the,
    tables::Tables,
};
use docwright_model::{Body, Content, Direction, Known, Operation, Response, ResponseHeader, Type};

/// The rules about one kind of body.
struct Rules {
    added: &'static str,
    removed: &'static str,
    changed: &'static str,
    narrowed: &'static str,
    widened: &'static str,
}

const REQUEST: Rules = Rules {
    added: "request-body-added",
    removed: "request-body-removed",
    changed: "request-body-type-changed",
    narrowed: "request-body-type-narrowed",
    widened: "request-body-type-widened",
};

const RESPONSE: Rules = Rules {
    added: "response-body-added",
    removed: "response-body-removed",
    changed: "response-body-type-changed",
    narrowed: "response-body-type-narrowed",
    widened: "response-body-type-widened",
};

/// Which body of which operation.
struct At<'a> {
    index: usize,
    subject: String,
    direction: Direction,
    of: &'a Operation,
}

impl<'a> Comparison<'a> {
    /// The request's body.
    pub fn request(&mut self, index: usize, old: &'a Operation, new: &'a Operation) {
        let at = At {
            index,
            subject: "request".to_owned(),
            direction: Direction::Request,
            of: new,
        };
        self.body(&at, (old.request.as_ref(), new.request.as_ref()), &REQUEST);
        if let (Some(was), Some(is)) = (&old.request, &new.request) {
            let rules = ["request-media-type-removed", "request-media-type-added"];
            let media = |body: &'a Body| media_types(body).collect();
            self.media_types(rules, &at, media(was), media(is));
        }
    }

    /// The responses.
    pub fn responses(&mut self, index: usize, old: &'a Operation, new: &'a Operation) {
        let at = |subject: String| At {
            index,
            subject,
            direction: Direction::Response,
            of: new,
        };
        let is_success = |it: &Response| it.status.is_success();
        for (from, to, rules) in [
            (
                &old.responses,
                &new.responses,
                ["response-success-removed", "response-error-removed"],
            ),
            (
                &new.responses,
                &old.responses,
                ["response-success-added", "response-error-added"],
            ),
        ] {
            for response in from {
                if to.iter().any(|it| it.status == response.status) {
                    continue;
                }
                let rule = rules[usize::from(!is_success(response))];
                let mut change = change(the(rule), format!("response.{}", response.status));
                change.direction = Direction::Response;
                change.new_place = response.provenance.clone();
                if rule.ends_with("removed") {
                    change.old_place = change.new_place.take();
                }
                self.found(change, new);
            }
        }
        // Several statuses share one heading.
        let both = old.responses.first().zip(new.responses.first());
        if let Some((was, is)) = both {
            let places = (was.provenance.as_ref(), is.provenance.as_ref());
            self.heading(|| format!("{} responses", new.uid), places.0, places.1);
        }
        for is in &new.responses {
            if let Some(was) = old.responses.iter().find(|it| it.status == is.status) {
                let at = at(format!("response.{}", is.status));
                self.body(&at, (was.body.as_ref(), is.body.as_ref()), &RESPONSE);
                self.response_headers(&at, was, is);
                let words = (was.description.as_ref(), is.description.as_ref());
                let subject = || format!("{} {}", new.uid, at.subject);
                self.description(subject, words, is.provenance.as_ref());
            }
        }
        self.returned(old, new);
        let rules = ["response-media-type-removed", "response-media-type-added"];
        let at = at("response".to_owned());
        if !old.responses.is_empty() && !new.responses.is_empty() {
            self.media_types(rules, &at, offered(old), offered(new));
        }
    }

    /// Whether calls return the body of another response now: of the first success that has
    /// one, which may be added before it.
    fn returned(&mut self, old: &'a Operation, new: &'a Operation) {
        let (Some(was), Some(is)) = (old.success(), new.success()) else {
            return;
        };
        let text = |it: &Response| {
            let ty = it.body.as_ref().map(|body| body.ty.to_string());
            ty.unwrap_or_else(|| "no body".to_owned())
        };
        if was.status != is.status && text(was) != text(is) {
            let change = Change {
                old: Some(format!("{} of {}", text(was), was.status)),
                new: Some(format!("{} of {}", text(is), is.status)),
                direction: Direction::Response,
                old_place: was.provenance.clone(),
                new_place: is.provenance.clone(),
                ..change(the("returned-response-changed"), "response".to_owned())
            };
            self.found(change, new);
        }
    }

    fn body(&mut self, at: &At, bodies: (Option<&'a Body>, Option<&'a Body>), rules: &Rules) {
        let (old, new) = bodies;
        let text = |body: Option<&Body>| body.map(|it| it.ty.to_string());
        let say = |rule| Change {
            old: text(old),
            new: text(new),
            direction: at.direction,
            old_place: old.and_then(|it| it.provenance.clone()),
            new_place: new.and_then(|it| it.provenance.clone()),
            ..change(the(rule), at.subject.clone())
        };
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => return self.found(say(rules.added), at.of),
            (Some(_), None) => return self.found(say(rules.removed), at.of),
            (Some(old), Some(new)) => (old, new),
        };
        let pair = self.pairs[at.index];
        let typed_as = |it: &'a Body, of: &'a Operation| Typed {
            ty: &it.ty,
            known: it.known,
            places: &[],
            word: Word::Label(of, at.direction),
        };
        let both = (typed_as(old, pair.0), typed_as(new, pair.1));
        let typed = self.relate_bodies(at, both);
        for (rule, was, is) in facets::changes(&old.facets, &new.facets) {
            let mut change = say(rule);
            (change.old, change.new) = (was, is);
            self.found(change, at.of);
        }
        if old.optional != new.optional {
            let rule = match new.optional {
                true => "request-body-became-optional",
                false => "request-body-became-required",
            };
            self.found(say(rule), at.of);
        }
        self.others(at, (old, new), rules);
        let whole = || format!("{} {}", at.of.uid, at.subject);
        let place = new.provenance.as_ref();
        match typed {
            TypeChange::Same => self.knowledge(whole, both, place),
            TypeChange::Finding(relation) => {
                let rule = match relation {
                    Relation::Narrowed => rules.narrowed,
                    Relation::Widened => rules.widened,
                    _ => rules.changed,
                };
                self.found(say(rule), at.of);
            }
            TypeChange::Doubtful => self.found(say("inferred-type-changed"), at.of),
            TypeChange::Correction => {
                self.correction(whole(), text(Some(old)), text(Some(new)), place);
            }
        }
        if old.name != new.name {
            self.noise.push(Noise {
                old: old.name.clone(),
                new: new.name.clone(),
                ..noise(NoiseKind::Label, whole(), place)
            });
        }
        let words = (old.description.as_ref(), new.description.as_ref());
        self.description(whole, words, place);
        self.heading(whole, old.provenance.as_ref(), place);
    }

    /// Compares the main type of a body. A table of properties describes an element, but
    /// not whether there is one or an array of them.
    fn relate_bodies(&mut self, at: &At, (old, new): (Typed<'a>, Typed<'a>)) -> TypeChange {
        let (typed, pair) = match one_and_many(old.ty, new.ty) {
            Some((was, is)) => {
                let element = |ty| Typed {
                    ty,
                    known: old.known,
                    places: &[],
                    word: Word::Cell(None),
                };
                match self.relate(element(was), element(is)) {
                    (TypeChange::Same, pair) if self.is_said(at, (old, new)) => {
                        (TypeChange::Finding(Relation::Changed), pair)
                    }
                    (TypeChange::Same, pair) if self.has_news(at) => (TypeChange::Correction, pair),
                    (TypeChange::Same, pair) => (TypeChange::Doubtful, pair),
                    other => other,
                }
            }
            None => self.relate(old, new),
        };
        if let Some(pair) = pair {
            self.graph.enter(at.index, at.direction, pair);
        }
        typed
    }

    /// The types that a body has in other media types.
    fn others(&mut self, at: &At, (old, new): (&'a Body, &'a Body), rules: &Rules) {
        for is in &new.others {
            let same = |it: &&Content| it.media_types.iter().any(|it| is.media_types.contains(it));
            let Some(was) = old.others.iter().find(same) else {
                continue;
            };
            let typed = |it: &'a Content| Typed {
                ty: &it.ty,
                known: it.known,
                places: &[],
                word: Word::Cell(it.provenance.as_ref()),
            };
            let (related, pair) = self.relate(typed(was), typed(is));
            if let Some(pair) = pair {
                self.graph.enter(at.index, at.direction, pair);
            }
            let rule = match related {
                TypeChange::Finding(Relation::Narrowed) => rules.narrowed,
                TypeChange::Finding(Relation::Widened) => rules.widened,
                TypeChange::Finding(_) => rules.changed,
                TypeChange::Doubtful => "inferred-type-changed",
                TypeChange::Same | TypeChange::Correction => continue,
            };
            let change = Change {
                old: Some(was.ty.to_string()),
                new: Some(is.ty.to_string()),
                direction: at.direction,
                old_place: was.provenance.clone(),
                new_place: is.provenance.clone(),
                ..change(
                    the(rule),
                    format!("{} {}", at.subject, is.media_types.join(", ")),
                )
            };
            self.found(change, at.of);
        }
    }

    /// The headers of a response.
    fn response_headers(&mut self, at: &At, old: &'a Response, new: &'a Response) {
        for (rule, from, to) in [
            ("response-header-removed", old, new),
            ("response-header-added", new, old),
        ] {
            for header in &from.headers {
                let same = |it: &ResponseHeader| it.name.eq_ignore_ascii_case(&header.name);
                if to.headers.iter().any(same) {
                    continue;
                }
                let mut change = change(the(rule), format!("{} {}", at.subject, header.name));
                change.direction = Direction::Response;
                let (here, there) = (header.provenance.clone(), to.provenance.clone());
                (change.old_place, change.new_place) = match rule {
                    "response-header-removed" => (here, there),
                    _ => (there, here),
                };
                self.found(change, at.of);
            }
        }
    }

    /// Whether headings state that an object became an array, or the reverse. The heading
    /// of a request may not state a type.
    fn is_said(&self, at: &At, (old, new): (Typed<'a>, Typed<'a>)) -> bool {
        let by_heading = |it: Typed<'a>| Typed {
            known: match at.direction {
                Direction::Response => it.known,
                _ => Known::Unknown,
            },
            ..it
        };
        self.are_unlike(by_heading(old), by_heading(new))
    }

    /// Whether only one side's pages have a sample of a message: then object or array
    /// isn't a change of the API, but of what is known. For responses, the heading states
    /// it without a sample.
    fn has_news(&self, at: &At) -> bool {
        let sampled = |(samples, tables): (&Samples, &Tables), of: &Operation| {
            let is_sampled = samples.contains(&(of.uid.as_str(), at.direction));
            tables.is_at_hand().then_some(is_sampled)
        };
        let (old, new) = self.pairs[at.index];
        let old = sampled((&self.samples.0, &self.tables.0), old);
        let new = sampled((&self.samples.1, &self.tables.1), new);
        let one_only = old.zip(new).is_some_and(|(old, new)| old != new);
        at.direction == Direction::Request && one_only
    }

    /// Compares two lists of media types; an empty one states nothing.
    fn media_types(
        &mut self,
        [removed, added]: [&'static str; 2],
        at: &At,
        old: BTreeSet<Cow<'_, str>>,
        new: BTreeSet<Cow<'_, str>>,
    ) {
        if old.is_empty() || new.is_empty() {
            if old != new {
                let subject = format!("{} {} media types", at.of.uid, at.subject);
                let list = |types: &BTreeSet<Cow<'_, str>>| {
                    let types: Vec<_> = types.iter().map(Cow::as_ref).collect();
                    Some(types.join(", ")).filter(|it| !it.is_empty())
                };
                self.noise.push(Noise {
                    old: list(&old),
                    new: list(&new),
                    ..noise(
                        NoiseKind::DocsCorrection,
                        subject,
                        at.of.provenance.as_ref(),
                    )
                });
            }
            return;
        }
        for (rule, types) in [(removed, &old - &new), (added, &new - &old)] {
            for media_type in types {
                let mut change = change(the(rule), format!("{} {media_type}", at.subject));
                change.direction = at.direction;
                let (of_old, of_new) = self.pairs[at.index];
                let row = |tables: &Tables<'a>, of| tables.media_types(of, at.direction).cloned();
                change.old_place = row(&self.tables.0, of_old);
                change.new_place = row(&self.tables.1, of_new);
                self.found(change, at.of);
            }
        }
    }
}

/// The named types of two bodies of which one is an array and the other isn't.
fn one_and_many<'a>(old: &'a Type, new: &'a Type) -> Option<(&'a Type, &'a Type)> {
    match (old, new) {
        (Type::Named(_), Type::Array(element)) => Some((old, &**element)),
        (Type::Array(element), Type::Named(_)) => Some((&**element, new)),
        _ => None,
    }
    .filter(|(old, new)| matches!((old, new), (Type::Named(_), Type::Named(_))))
}

/// The media types that a response is available in.
fn offered(operation: &Operation) -> BTreeSet<Cow<'_, str>> {
    let bodies = operation.responses.iter().filter_map(|it| it.body.as_ref());
    let accepts = operation.accepts.iter().map(|it| without_charset(it));
    bodies.flat_map(media_types).chain(accepts).collect()
}

/// The media types of a body, for all of its types.
fn media_types(body: &Body) -> impl Iterator<Item = Cow<'_, str>> {
    let others = body.others.iter().flat_map(|other| &other.media_types);
    body.media_types
        .iter()
        .chain(others)
        .map(|it| without_charset(it))
}

/// A media type for the comparison, without its charset, because both sides use UTF-8.
fn without_charset(media_type: &str) -> Cow<'_, str> {
    let is_charset = |part: &str| {
        part.trim_start()
            .to_ascii_lowercase()
            .starts_with("charset=")
    };
    match media_type.split(';').any(is_charset) {
        false => media_type.into(),
        true => {
            let parts: Vec<_> = media_type.split(';').filter(|it| !is_charset(it)).collect();
            parts.join(";").into()
        }
    }
}
