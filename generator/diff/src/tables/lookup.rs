//! Finds places on pages, and the words there.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
};

use crate::{Side, collect::Word};
use docwright_model::{Direction, Operation, Provenance};
use docwright_read::{
    dialect::{Dialect, TypeWord},
    extract::{BodyFact, HeaderFact, OperationFacts, PageFacts, RowFact},
};

/// What the pages of one side state about operations, by method and path.
pub struct Tables<'a> {
    pub operations: BTreeMap<(&'a str, &'a str), &'a OperationFacts>,
    pages: &'a [PageFacts],
    pub dialect: Option<&'a Dialect>,
    /// The rows of long tables by name, filled at the first lookup.
    by_name: RefCell<HashMap<*const BodyFact, HashMap<&'a str, &'a RowFact>>>,
    /// Likewise the headers of operations that list many, by their lower-case names.
    headers: RefCell<HashMap<*const OperationFacts, HashMap<String, &'a Provenance>>>,
}

/// A table of more rows than that is long.
const LONG: usize = 100;

impl<'a> Tables<'a> {
    pub fn new(side: Side<'a>) -> Self {
        let mut operations = BTreeMap::new();
        for facts in side.pages.iter().flat_map(|page| &page.operations) {
            // Of an operation that is declared twice, the first counts.
            let key = (&*facts.method, &*facts.path);
            operations.entry(key).or_insert(facts);
        }
        Self {
            operations,
            pages: side.pages,
            dialect: side.dialect,
            by_name: RefCell::default(),
            headers: RefCell::default(),
        }
    }

    /// Whether there are pages; a model file has none.
    pub fn is_at_hand(&self) -> bool {
        !self.operations.is_empty()
    }

    /// The meaning of the words for a type at a place.
    pub fn word(&self, at: Word) -> Option<TypeWord> {
        match at {
            Word::Cell(place) => self.row(place?)?.ty.clone(),
            Word::Label(of, direction) => {
                let body = self.of(of)?.body(direction)?;
                self.label(body, direction)
            }
        }
    }

    /// The row at a place.
    fn row(&self, place: &Provenance) -> Option<&'a RowFact> {
        let page = self.pages.iter().find(|it| it.page == place.page)?;
        let bodies = page.operations.iter().flat_map(|it| {
            let responses = it.responses.iter().filter_map(|it| it.body.as_ref());
            let bodies = it
                .requests
                .iter()
                .chain(responses)
                .chain(&it.stray_response);
            bodies.map(|body| &*body.rows)
        });
        let own = page.types.iter().map(|it| &*it.body.rows);
        let parameters = page.operations.iter().flat_map(|it| &it.parameters);
        let mut parameters = parameters.map(|(_, row)| row);
        let mut rows = bodies.chain(own);
        let parameter = parameters.find(|it| it.provenance == *place);
        parameter.or_else(|| rows.find_map(|rows| row_at(rows, place)))
    }

    /// What the heading of a response means as a type.
    pub fn label(&self, body: &BodyFact, direction: Direction) -> Option<TypeWord> {
        let said = match direction {
            // The heading of a request has the name of an argument.
            Direction::Request => &body.type_label,
            _ => body.said(),
        };
        self.dialect?.types.read(said)
    }

    pub fn of(&self, operation: &Operation) -> Option<&'a OperationFacts> {
        let key = (operation.method.as_str(), operation.path.as_str());
        self.operations.get(&key).copied()
    }

    /// Where an operation's page lists a header.
    pub fn header(&self, operation: &Operation, name: &str) -> Option<&'a Provenance> {
        let facts = self.of(operation)?;
        if facts.headers.len() <= LONG {
            let mut headers = facts.headers.iter();
            let found = headers.find(|it| it.name.eq_ignore_ascii_case(name));
            return found.map(|it| &it.provenance);
        }
        let mut lists = self.headers.borrow_mut();
        let list = lists.entry(std::ptr::from_ref(facts)).or_insert_with(|| {
            // Of equal names, the first counts.
            let headers = facts.headers.iter().rev();
            let place = |it: &'a HeaderFact| (it.name.to_ascii_lowercase(), &it.provenance);
            headers.map(place).collect()
        });
        list.get(&name.to_ascii_lowercase()).copied()
    }

    /// The row of a body's table with this name.
    pub fn listed(
        &self,
        operation: &Operation,
        direction: Direction,
        name: &str,
    ) -> Option<&'a RowFact> {
        let body = self.of(operation)?.body(direction)?;
        if body.rows.len() <= LONG {
            return body.rows.iter().find(|it| it.name == name);
        }
        let mut tables = self.by_name.borrow_mut();
        let table = tables.entry(std::ptr::from_ref(body)).or_insert_with(|| {
            // Of equal names, the first counts.
            let rows = body.rows.iter().rev();
            rows.map(|row| (row.name.as_str(), row)).collect()
        });
        table.get(name).copied()
    }

    /// Where an operation's page has the table of a body, or the row of it
    /// with this name.
    pub fn place(
        &self,
        operation: &Operation,
        direction: Direction,
        row: Option<&str>,
    ) -> Option<&'a Provenance> {
        let body = self.of(operation)?.body(direction)?;
        match row {
            None => Some(&body.provenance),
            Some(name) => self
                .listed(operation, direction, name)
                .map(|row| &row.provenance),
        }
    }
}

/// The row at a place, among these and those within them.
fn row_at<'a>(rows: &'a [RowFact], place: &Provenance) -> Option<&'a RowFact> {
    rows.iter().find_map(|row| match row.provenance == *place {
        true => Some(row),
        false => row_at(&row.rows, place),
    })
}
