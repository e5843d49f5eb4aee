//! Tables without a name: which of them describe the same type, and the name of that
//! type.
//!
//! Equal tables are one type: names, type cells and required flags are the same, and
//! samples don't contradict it. Tables with one or two rows can be equal by chance, so
//! they are one type only on the same path. If GET on a request's path returns all
//! properties of the request body, the request has the response's type.
//!
//! A type on a single path is named after its place: GET's operation, or the first one,
//! with the direction. This name is made from the page's own uid, so that other pages
//! don't affect it. A type on several paths is named after its content, because it
//! doesn't belong to one operation more than to the others: after the CamelCase word in
//! most of its descriptions, or else after its first properties. So other pages that
//! return it don't affect its name either.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use heck::ToUpperCamelCase;

use super::{
    bodies,
    evidence::{BodyKey, BodyUse, Evidence, NamedBy},
    matching::{is_telling, said_name, same_flags},
    names,
    neighbours::{Neighbours, differ},
    operation::{Operation, Part},
    shape::Shape,
    slots::{Slot, Slots},
    words,
};
use docwright_model::{Direction, Known, Text};
use docwright_read::extract::RowFact;

/// Tables of one type.
#[derive(Default)]
struct Group<'f> {
    /// Those that list all of its properties.
    equal: Vec<BodyKey>,
    /// Tables of requests that list some of its properties, where GET returns it.
    parts: Vec<BodyKey>,
    slots: Slots<'f>,
    shape: Shape,
}

/// Names all tables that are still without a name.
pub fn name(evidence: &mut Evidence<'_>, operations: &[Operation<'_>], near: &Neighbours<'_>) {
    let bodies = evidence.bodies.iter();
    let open = bodies.filter(|(_, body)| body.named_type.is_none() && !body.fact.rows.is_empty());
    let (patches, mut open): (Vec<BodyKey>, Vec<BodyKey>) = open
        .map(|(key, _)| *key)
        .partition(|key| bodies::is_json_patch(&evidence.bodies[key].names()));
    for key in patches {
        evidence.assign(key, bodies::JSON_PATCH.to_owned(), Known::Documented);
    }
    // Responses come first, so that requests can match them.
    open.sort_by_key(|key| (key.direction != Direction::Response, *key));
    let groups = groups(evidence, operations, near, &open);
    let mut given = Names::of(evidence);
    let named: Vec<_> = groups
        .into_iter()
        .map(|group| (given.name(&group, evidence, operations, near), group))
        .collect();
    for ((name, by), group) in named {
        let equal = group.equal.into_iter().map(|key| (key, Known::Documented));
        let parts = group.parts.into_iter().map(|key| (key, Known::Matched));
        for (key, known) in equal.chain(parts) {
            evidence.assign(key, name.clone(), known);
        }
        if let Some(named_type) = evidence.by_name.get_mut(&name) {
            named_type.named_by = by;
        }
    }
}

/// Sorts tables into groups of one type each.
fn groups<'f>(
    evidence: &Evidence<'f>,
    operations: &[Operation<'_>],
    near: &Neighbours<'_>,
    open: &[BodyKey],
) -> Vec<Group<'f>> {
    let mut groups: Vec<Group<'f>> = Vec::new();
    let mut by_names: HashMap<BTreeSet<&str>, Vec<usize>> = HashMap::default();
    let mut read: HashMap<&str, Vec<usize>> = HashMap::default();
    for key in open {
        let body = &evidence.bodies[key];
        let (names, path) = (body.names(), near.path(*key));
        let is_read = |at: &&usize| {
            let group = &groups[**at];
            2 * names.len() >= group.slots.len() && group.holds(body, evidence)
        };
        let is_sent = key.direction == Direction::Request;
        let mut answers = read.get(path).into_iter().flatten().filter(|_| is_sent);
        if let Some(at) = answers.find(is_read).copied() {
            let is_equal = groups[at].slots.len() == names.len();
            match is_equal {
                true => groups[at].equal.push(*key),
                false => groups[at].parts.push(*key),
            }
            continue;
        }
        let alike = by_names.entry(names).or_default();
        let joined = alike.iter().find(|at| {
            let group = &groups[**at];
            let same_path = || group.equal.iter().any(|key| near.path(*key) == path);
            (is_telling(&body.fact.rows) || same_path()) && group.holds(body, evidence)
        });
        let at = joined.copied().unwrap_or_else(|| {
            alike.push(groups.len());
            groups.push(Group::default());
            groups.len() - 1
        });
        groups[at].add(*key, body);
        let is_answered = !is_sent && key.part == Part::Main;
        if is_answered && operations[key.operation].facts.method == "GET" {
            read.entry(path).or_default().push(at);
        }
    }
    groups
}

impl<'f> Group<'f> {
    /// Adds a table with all of its properties.
    fn add(&mut self, key: BodyKey, body: &BodyUse<'f>) {
        self.equal.push(key);
        for row in &body.fact.rows {
            let at = self.slots.position(&row.name).unwrap_or_else(|| {
                self.slots.push(Slot::new(&row.name, key.direction));
                self.slots.len() - 1
            });
            self.slots.at(at).add(row);
        }
        self.shape.merge(&body.root.shape);
    }

    /// Whether each row of a table can be one of its properties, without contradictions.
    fn holds(&self, body: &BodyUse<'_>, evidence: &Evidence<'_>) -> bool {
        let rows = &body.fact.rows;
        let names = rows.iter().map(|row| row.name.as_str());
        rows.iter()
            .all(|row| evidence.says_the_same(&self.slots, row))
            && same_flags(&self.slots, body)
            && !differ(names, &body.root.shape, &self.shape)
    }
}

/// The names of types, including those given here.
struct Names {
    /// Names given by pages or by this struct, in lower case.
    taken: BTreeSet<String>,
}

impl Names {
    /// All names that tables have or type cells use.
    fn of(evidence: &Evidence<'_>) -> Self {
        let mut taken: BTreeSet<String> = evidence
            .by_name
            .keys()
            .map(|name| name.to_lowercase())
            .collect();
        fn cells(rows: &[RowFact], taken: &mut BTreeSet<String>) {
            for row in rows {
                if let Some(name) = row.ty.as_ref().and_then(words::named) {
                    taken.insert(name.to_lowercase());
                }
                cells(&row.rows, taken);
            }
        }
        for body in evidence.bodies.values() {
            cells(&body.fact.rows, &mut taken);
        }
        Self { taken }
    }

    /// Takes a name, unless another type has it, ignoring letter case.
    fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_lowercase())
    }

    /// The name of a group's type, and how it was chosen.
    fn name(
        &mut self,
        group: &Group<'_>,
        evidence: &Evidence<'_>,
        operations: &[Operation<'_>],
        near: &Neighbours<'_>,
    ) -> (String, NamedBy) {
        let keys = || group.equal.iter().chain(&group.parts);
        let said: BTreeSet<String> = keys()
            .filter_map(|key| said_name(&evidence.bodies[key]))
            .collect();
        let mut said = said.into_iter();
        if let Some(name) = said.next().filter(|_| said.next().is_none())
            && self.take(&name)
        {
            return (name, NamedBy::Pages);
        }
        let paths: BTreeSet<&str> = keys().map(|key| near.path(*key)).collect();
        if paths.len() > 1 {
            return (self.by_content(group, evidence), NamedBy::Content);
        }
        let rank = |key: &&BodyKey| {
            let facts = operations[key.operation].facts;
            let is_sent = key.direction != Direction::Response;
            (facts.method != "GET", key.part, is_sent, key.operation)
        };
        let place = keys().min_by_key(rank);
        let place = place.map(|key| operations[key.operation].body_name(key.direction, key.part));
        (self.free(place.unwrap_or_default()), NamedBy::Place)
    }

    /// A name from the content of tables: the CamelCase word in most descriptions, or the
    /// names of the first properties.
    fn by_content(&mut self, group: &Group<'_>, evidence: &Evidence<'_>) -> String {
        let rows = usual_rows(group, evidence);
        if let Some(word) = common_word(rows)
            && self.take(word)
        {
            return word.to_owned();
        }
        // A single property is a poor name: its content is a better one.
        let mut name = match rows {
            [row] => row.ty.as_ref().and_then(words::named).unwrap_or_default(),
            _ => "",
        }
        .to_owned();
        for (at, row) in rows.iter().enumerate() {
            name.push_str(&row.name.to_upper_camel_case());
            if at >= 2 && self.take(&name) {
                return name;
            }
        }
        self.free(name)
    }

    /// The name, with a number if another type has it.
    fn free(&mut self, name: String) -> String {
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| self.take(name));
        free.unwrap_or(name)
    }
}

/// The rows of a table whose order most tables of a group have.
fn usual_rows<'f>(group: &Group<'_>, evidence: &Evidence<'f>) -> &'f [RowFact] {
    let mut orders: BTreeMap<Vec<&str>, (usize, &'f [RowFact])> = BTreeMap::new();
    for key in &group.equal {
        let rows = &evidence.bodies[key].fact.rows;
        let order = rows.iter().map(|row| row.name.as_str()).collect();
        orders.entry(order).or_insert((0, rows)).0 += 1;
    }
    let mut orders: Vec<_> = orders.into_iter().collect();
    orders.sort_by_key(|(_, (count, _))| Reverse(*count));
    orders.first().map_or(&[], |(_, (_, rows))| *rows)
}

/// The CamelCase word in more than half of the rows' descriptions.
fn common_word(rows: &[RowFact]) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let plain = row.description.as_ref().map_or("", Text::plain);
        let words = names::name_words(plain).filter(|word| names::has_humps(word));
        for word in words.collect::<BTreeSet<_>>() {
            *counts.entry(word).or_default() += 1;
        }
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    let (word, _) = most.filter(|(_, count)| 2 * count > rows.len())?;
    Some(word)
}
