//! The languages of query parameters: which there are, and what their operators are called.

use std::collections::BTreeSet;

use docwright_model::{
    Api, DatePattern, Location, Operator, OperatorPart, Parameter, QueryKind, Type,
};

use crate::names::{Name, Scope};

/// What the crate has for query parameters that are written in a language.
#[derive(Default)]
pub struct Queries<'a> {
    /// The languages that some parameter has.
    pub kinds: BTreeSet<QueryKind>,
    /// The operators about a column.
    pub of_columns: Vec<QueryMethod<'a>>,
    /// The operators about filters.
    pub of_filters: Vec<QueryMethod<'a>>,
    /// How a date is written, if not as it is.
    pub dates: Option<&'a DatePattern>,
}

/// An operator, and the method for it.
pub struct QueryMethod<'a> {
    /// The operator.
    pub operator: &'a Operator,
    /// The method.
    pub ident: Name,
    /// What it gives.
    pub gives: QueryKind,
}

impl<'a> Queries<'a> {
    /// The languages of an API.
    pub fn new(api: &'a Api) -> Self {
        let parameters = api.operations.iter().flat_map(|it| &it.parameters);
        let mut queries = Self {
            kinds: parameters.filter_map(language).collect(),
            ..Self::default()
        };
        let (mut of_columns, mut of_filters) = (Scope::queries(), Scope::queries());
        for language in &api.query_languages {
            if !queries.kinds.contains(&language.kind) {
                continue;
            }
            queries.dates = queries.dates.or(language.dates.as_ref());
            for operator in &language.operators {
                let (scope, methods) = match operator.count(OperatorPart::Column) {
                    0 => (&mut of_filters, &mut queries.of_filters),
                    _ => (&mut of_columns, &mut queries.of_columns),
                };
                methods.push(QueryMethod {
                    operator,
                    ident: scope.snake(&operator.name()),
                    gives: language.kind,
                });
            }
        }
        queries
    }

    /// Whether the crate has none.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

/// The language in which a parameter is written, if any text can be its value.
pub fn language(parameter: &Parameter) -> Option<QueryKind> {
    let is_text = match &parameter.ty {
        Type::Nullable(inner) => **inner == Type::String,
        ty => *ty == Type::String,
    };
    let stated = parameter.facets.query_language.as_ref();
    let is_there = is_text && parameter.location == Location::Query;
    stated.filter(|_| is_there).map(|it| it.value)
}
