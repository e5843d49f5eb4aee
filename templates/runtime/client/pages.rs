//! Paginated lists.

use std::collections::{BTreeSet, VecDeque};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::receive;
use super::outgoing::Outgoing;
use super::{Call, CallFuture, Error};
use crate::runtime::{DecodeError, Operation};

/// The pages of a list, from [`Call::pages`]: a `Stream`, or [`next`](Self::next) in a
/// loop.
#[must_use = "pages are asked for one by one"]
pub struct Pages<'a, O: Operation> {
    state: State<'a, O::Response>,
    /// Where the page after this one is.
    after: After<'a, O::Response>,
    seen: BTreeSet<String>,
    number: u64,
    limit: u64,
    operation: PhantomData<fn() -> O>,
}

type After<'a, T> = Box<dyn FnMut(&T) -> Option<Next> + Send + 'a>;

/// Where a page is.
enum Next {
    Link(String),
    Skip(String, u64),
}

enum State<'a, T> {
    Ready(Box<Outgoing<'a>>),
    Waiting(CallFuture<'a, (T, Box<Outgoing<'a>>)>),
    Failed(Error),
    Done,
}

/// The rows of the pages of a list.
#[must_use = "rows are asked for one by one"]
pub struct Rows<'a, O: Operation, T> {
    pages: Pages<'a, O>,
    rows: Box<dyn FnMut(O::Response) -> Vec<Result<T, Error>> + Send + 'a>,
    waiting: VecDeque<Result<T, Error>>,
}

/// More pages than any list has; stops if a server's links never end.
const LIMIT: u64 = 100_000;

impl<'a, O: Operation> Call<'a, O> {
    /// The pages of the list, by the link that each has to the next.
    ///
    /// A link to another host is an error, so that credentials aren't sent there; so is a
    /// repeated link.
    pub fn pages(
        self,
        next_link: impl Fn(&O::Response) -> Option<&str> + Send + 'a,
    ) -> Pages<'a, O> {
        Pages::new(self, move |page| {
            let link = next_link(page).filter(|link| !link.is_empty());
            link.map(|link| Next::Link(link.to_owned()))
        })
    }

    /// The pages of a list without links. Each is requested with a query parameter, such as
    /// `$skip`, for the number of rows before it; if the call already has it, its value is
    /// the start. `rows` returns the number of rows in a page; the first page without rows
    /// is the last.
    pub fn pages_by_skip(
        self,
        parameter: &'a str,
        rows: impl Fn(&O::Response) -> usize + Send + 'a,
    ) -> Pages<'a, O> {
        let mut skipped = self.outgoing.query_number(parameter).unwrap_or(0);
        Pages::new(self, move |page| {
            let rows = rows(page) as u64;
            skipped += rows;
            (rows > 0).then(|| Next::Skip(parameter.to_owned(), skipped))
        })
    }
}

impl<'a, O: Operation> Pages<'a, O> {
    fn new(call: Call<'a, O>, after: impl FnMut(&O::Response) -> Option<Next> + Send + 'a) -> Self {
        Self {
            state: State::Ready(Box::new(call.outgoing)),
            after: Box::new(after),
            seen: BTreeSet::new(),
            number: 0,
            limit: LIMIT,
            operation: PhantomData,
        }
    }

    /// Sets the maximum number of pages; more are an error.
    pub fn limit(self, limit: u64) -> Self {
        Self { limit, ..self }
    }

    /// The rows of the pages, one by one.
    pub fn rows<T>(
        self,
        mut rows: impl FnMut(O::Response) -> Vec<T> + Send + 'a,
    ) -> Rows<'a, O, T> {
        Rows {
            pages: self,
            rows: Box::new(move |page| rows(page).into_iter().map(Ok).collect()),
            waiting: VecDeque::new(),
        }
    }

    /// The rows of the pages as a type of your own, where the pages document no type for them.
    /// A row that isn't of this type is an error, after which the other rows follow.
    pub fn rows_as<T: DeserializeOwned, R: Serialize>(
        self,
        mut rows: impl FnMut(O::Response) -> Vec<R> + Send + 'a,
    ) -> Rows<'a, O, T> {
        Rows {
            pages: self,
            rows: Box::new(move |page| rows(page).iter().map(row::<O, T>).collect()),
            waiting: VecDeque::new(),
        }
    }

    /// The next page; `None` after the last, and after an error.
    pub async fn next(&mut self) -> Option<Result<O::Response, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Response, Error>>> {
        let mut waiting = match std::mem::replace(&mut self.state, State::Done) {
            State::Done => return Poll::Ready(None),
            State::Failed(error) => return Poll::Ready(Some(Err(error))),
            State::Waiting(waiting) => waiting,
            State::Ready(mut outgoing) => Box::pin(async move {
                let response = receive::<O::Response>(&mut outgoing).await?;
                Ok((response.body, outgoing))
            }),
        };
        match waiting.as_mut().poll(context) {
            Poll::Pending => {
                self.state = State::Waiting(waiting);
                Poll::Pending
            }
            Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
            Poll::Ready(Ok((page, outgoing))) => {
                self.number += 1;
                if let Some(next) = (self.after)(&page) {
                    let next = self.advance(outgoing, next);
                    self.state = next.map_or_else(State::Failed, State::Ready);
                }
                Poll::Ready(Some(Ok(page)))
            }
        }
    }

    /// The request for the page at `next`.
    fn advance(
        &mut self,
        mut outgoing: Box<Outgoing<'a>>,
        next: Next,
    ) -> Result<Box<Outgoing<'a>>, Error> {
        let refuse = |reason: &str| Err(Error::request(reason).of(O::INFO));
        if self.number >= self.limit {
            return refuse(&format!("the list has more than {} pages", self.limit));
        }
        match next {
            Next::Link(link) => {
                outgoing.follow(&link)?;
                if !self.seen.insert(link) {
                    return refuse("the link to the next page leads to an earlier page");
                }
            }
            Next::Skip(name, skipped) => outgoing.set_query(&name, skipped),
        }
        Ok(outgoing)
    }
}

impl<O: Operation> Stream for Pages<'_, O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// A row as a type of the caller's.
fn row<O: Operation, T: DeserializeOwned>(row: &impl Serialize) -> Result<T, Error> {
    let value = serde_json::to_value(row).map_err(DecodeError::from);
    let row = value.and_then(|value| {
        serde_path_to_error::deserialize(value).map_err(|error| DecodeError {
            path: error.path().to_string(),
            error: error.into_inner(),
        })
    });
    row.map_err(|error| Error::row(error).of(O::INFO))
}

impl<O: Operation, T> Rows<'_, O, T> {
    /// The next row; `None` after the last, and after a page that is an error.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(row) = self.waiting.pop_front() {
                return Poll::Ready(Some(row));
            }
            match self.pages.poll(context) {
                Poll::Ready(Some(Ok(page))) => self.waiting = (self.rows)(page).into(),
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl<O: Operation, T: Unpin> Stream for Rows<'_, O, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<O: Operation> std::fmt::Debug for Pages<'_, O> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pages({}, {} so far)", O::INFO.name, self.number)
    }
}

impl<O: Operation, T> std::fmt::Debug for Rows<'_, O, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({:?})", self.pages)
    }
}
