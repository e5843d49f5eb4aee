//! An operation that pages declare: the facts about it under the uid that it has in the
//! model, and which bodies it has.

use heck::ToUpperCamelCase;

use docwright_model::{Direction, Status};
use docwright_read::extract::{BodyFact, OperationFacts, ResponseFact, SampleFact};

/// An operation's facts with the uid that it has in the model.
#[derive(Clone, Debug)]
pub struct Operation<'f> {
    /// The uid, unique in the API.
    pub uid: String,
    /// The name for types that only it has: a word of the uid.
    pub name: String,
    /// What its page says.
    pub facts: &'f OperationFacts,
}

/// Which of an operation's bodies of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The main one: the request body, or the body that success responses have in common.
    Main,
    /// The body of one response, or of one group of the request's media types, by its
    /// place in the facts.
    Own(usize),
}

impl<'f> Operation<'f> {
    /// All bodies, each with where it belongs.
    pub fn bodies(&self) -> Vec<(Direction, Part, &'f BodyFact)> {
        let facts = self.facts;
        let requests = facts.requests.iter().enumerate().map(|(at, body)| {
            let part = if at == 0 { Part::Main } else { Part::Own(at) };
            (Direction::Request, part, body)
        });
        let main = facts.response();
        let main = main.map(|body| (Direction::Response, Part::Main, body));
        let others = facts.responses.iter().filter_map(|response| {
            let part = self.part_of(response).filter(|it| *it != Part::Main)?;
            Some((Direction::Response, part, response.body.as_ref()?))
        });
        requests.chain(main).chain(others).collect()
    }

    /// Where the body of a response belongs; `None` when it has none.
    pub fn part_of(&self, response: &ResponseFact) -> Option<Part> {
        let body = response.body.as_ref();
        let body = body.filter(|_| response.status.has_content())?;
        if response.status.is_success() && self.facts.response() == Some(body) {
            return Some(Part::Main);
        }
        // The first response of a status counts.
        self.response_at(response.status).map(Part::Own)
    }

    /// Which body a sample is one of.
    pub fn part_of_sample(&self, sample: &SampleFact) -> Option<Part> {
        if sample.direction == Direction::Request {
            let sent = sample.headers.iter();
            let mut sent = sent.filter(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            let own = sent.next().and_then(|(_, media_type)| {
                let lists = |body: &BodyFact| body.media_types.contains(media_type);
                self.facts.requests.iter().skip(1).position(lists)
            });
            return Some(own.map_or(Part::Main, |at| Part::Own(at + 1)));
        }
        let Some(status) = sample.status else {
            return Some(Part::Main);
        };
        let mut documented = status.covering().filter_map(|it| self.response_at(it));
        let own = documented.find_map(|at| self.part_of(&self.facts.responses[at]));
        own.or(status.is_success().then_some(Part::Main))
    }

    /// The name of a type that only one body has: the operation, the direction, and the
    /// status or the media type.
    pub fn body_name(&self, direction: Direction, part: Part) -> String {
        let name = &self.name;
        match (direction, part) {
            (Direction::Request, Part::Main) => format!("{name}Request"),
            (_, Part::Main) => format!("{name}Response"),
            (Direction::Request, Part::Own(at)) => {
                let media_types = self.facts.requests.get(at).map(|it| &it.media_types);
                let media_type = media_types.and_then(|it| it.first());
                let media_type = media_type.map_or("", |it| it.split(';').next().unwrap_or(it));
                let (_, subtype) = media_type.split_once('/').unwrap_or_default();
                format!("{name}Request{}", subtype.to_upper_camel_case())
            }
            (_, Part::Own(at)) => {
                let status = self.facts.responses.get(at).map(|it| it.status);
                let status = status.map(|it| it.to_string()).unwrap_or_default();
                format!("{name}Response{}", status.to_upper_camel_case())
            }
        }
    }

    /// The index of the first response with this status.
    fn response_at(&self, status: Status) -> Option<usize> {
        let mut responses = self.facts.responses.iter();
        responses.position(|it| it.status == status)
    }
}
