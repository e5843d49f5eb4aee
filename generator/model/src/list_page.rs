//! Lists that come in pages, each with a link to the next.

use crate::{Api, Property, Schema, Shape, Type};

/// A page of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListPage<'a> {
    /// The property that has the link to the next page, or what else leads to it. The last page
    /// has none.
    pub next: &'a Property,
    /// The property that has the rows.
    pub rows: &'a Property,
}

impl Api {
    /// What a body of this type has as a page of a list: an object with one array, and one
    /// string that leads to the next page and may be missing.
    pub fn list_page(&self, ty: &Type) -> Option<ListPage<'_>> {
        let properties = self.properties(ty);
        let mut rows = properties
            .iter()
            .filter(|it| matches!(it.ty, Type::Array(_)));
        let mut links = properties.iter().filter(|it| {
            it.next_page && it.ty == Type::String && (!it.required || it.facets.is_nullable())
        });
        match (links.next(), links.next(), rows.next(), rows.next()) {
            (Some(next), None, Some(rows), None) => Some(ListPage { next, rows }),
            _ => None,
        }
    }

    /// The properties of an object, those of its base types first, in the order that they have
    /// there, each once. The type's own words about a property count.
    fn properties(&self, ty: &Type) -> Vec<&Property> {
        let mut schemas: Vec<&Schema> = Vec::new();
        let mut name = ty.named();
        while let Some(schema) = name.and_then(|name| self.schema(name)) {
            // A type that is derived from itself gains nothing by it.
            if schemas.iter().any(|known| known.name == schema.name) {
                break;
            }
            schemas.push(schema);
            name = match &schema.shape {
                Shape::Alias(ty) => ty.named(),
                _ => schema.base.as_deref(),
            };
        }
        let mut properties: Vec<&Property> = Vec::new();
        let all = schemas.iter().rev().flat_map(|it| it.shape.properties());
        for property in all {
            match properties.iter_mut().find(|it| it.name == property.name) {
                Some(known) => *known = property,
                None => properties.push(property),
            }
        }
        properties
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_has_one_array_and_one_link() {
        let property = |name: &str, ty: &str| json!({"name": name, "type": ty, "known": "documented", "in": "response"});
        let next_page = |name: &str| json!({"name": name, "type": "string", "known": "documented", "in": "response", "next-page": true});
        let api: Api = serde_json::from_value(json!({
            "format": 2, "title": "Shelves", "security": [], "headers": [], "operations": [],
            "schemas": [
                {"name": "Books", "known": "documented", "base": "Page",
                 "properties": [property("books", "array<string>")]},
                {"name": "Loan", "known": "documented", "properties": [
                    property("books", "array<string>"), property("nextReader", "string")]},
                {"name": "Many", "known": "documented", "alias": "Books"},
                {"name": "Page", "known": "documented",
                 "properties": [next_page("shelf.nextLink")]},
                {"name": "Two", "known": "documented", "base": "Books",
                 "properties": [property("more", "array<string>")]},
            ],
        }))
        .unwrap();
        let next = |ty: &str| {
            let page = api.list_page(&ty.parse().unwrap())?;
            Some((page.next.name.as_str(), page.rows.name.as_str()))
        };
        assert_eq!(next("Books"), Some(("shelf.nextLink", "books")));
        assert_eq!(next("Many"), next("Books"));
        assert_eq!((next("Page"), next("Two")), (None, None));
        assert_eq!(next("Loan"), None, "what comes next needn't be a page");
    }
}
