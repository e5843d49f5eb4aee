//! The model as JSON, whole or reduced to what all forms of pages can state.

use docwright_model::{Api, Body, Shape, Text, visible};

/// The model's JSON form, with a line break at the end: what `api.json` holds.
///
/// # Errors
/// Those of the JSON writer; the model has nothing that it would refuse.
pub fn model(api: &Api) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(api)? + "\n";
    Ok(visible::json(&text).into_owned())
}

/// The same model without provenance and without markup in descriptions: equal for pages
/// with the same content in different forms.
#[must_use]
pub fn plain(mut api: Api) -> Api {
    for server in &mut api.servers {
        server.provenance = None;
        words(&mut server.description);
    }
    for header in &mut api.headers {
        header.provenance = None;
        words(&mut header.description);
    }
    for operation in &mut api.operations {
        operation.provenance = None;
        words(&mut operation.description);
        for parameter in &mut operation.parameters {
            parameter.provenance = None;
            parameter.facets.clear_provenance();
            words(&mut parameter.description);
        }
        operation.request.iter_mut().for_each(body);
        for response in &mut operation.responses {
            response.provenance = None;
            words(&mut response.description);
            response.body.iter_mut().for_each(body);
            for header in &mut response.headers {
                header.provenance = None;
                words(&mut header.description);
            }
        }
    }
    for schema in &mut api.schemas {
        schema.provenance.clear();
        words(&mut schema.description);
        match &mut schema.shape {
            Shape::Properties(properties) => {
                for property in properties {
                    property.provenance.clear();
                    property.facets.clear_provenance();
                    words(&mut property.description);
                }
            }
            Shape::Values(values) | Shape::Flags(values) => {
                for value in values {
                    words(&mut value.description);
                }
            }
            Shape::Union(union) => {
                for member in &mut union.members {
                    words(&mut member.description);
                }
            }
            Shape::Alias(_) => {}
        }
    }
    api
}

fn body(body: &mut Body) {
    body.provenance = None;
    body.facets.clear_provenance();
    for other in &mut body.others {
        other.provenance = None;
    }
    words(&mut body.description);
}

fn words(text: &mut Option<Text>) {
    *text = text.take().map(|text| text.to_plain());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An API with a description and a place wherever the model has room for
    /// them: `**b**` everywhere.
    fn full() -> Api {
        let text = "**b**";
        let place = serde_json::json!({ "page": "p.md" });
        let value = serde_json::json!({
            "format": 1, "title": "T", "security": [],
            "headers": [{ "name": "H", "description": text, "provenance": place }],
            "operations": [{
                "uid": "u", "method": "GET", "path": "/{i}", "resource": "r",
                "description": text, "provenance": place,
                "parameters": [{
                    "name": "i", "in": "path", "type": "int32", "known": "documented",
                    "description": text, "provenance": place,
                }],
                "request": {
                    "type": "A", "known": "matched", "description": text, "provenance": place,
                },
                "responses": [{
                    "status": 200, "description": text, "provenance": place,
                    "body": {
                        "type": "A", "known": "matched", "description": text, "provenance": place,
                    },
                }],
            }],
            "schemas": [
                {
                    "name": "A", "known": "documented", "description": text, "provenance": [place],
                    "properties": [{
                        "name": "p", "type": "E", "known": "documented", "in": "both",
                        "description": text, "provenance": [place],
                    }],
                },
                {
                    "name": "E", "known": "documented", "provenance": [place],
                    "values": [{ "value": "v", "description": text }],
                },
            ],
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_plain_model_has_no_places() {
        let whole = model(&full()).unwrap();
        let reduced = model(&plain(full())).unwrap();
        assert_eq!(whole.matches("provenance").count(), 9);
        assert_eq!(reduced.matches("provenance").count(), 0);
        assert!(whole.ends_with("}\n"));
    }

    #[test]
    fn the_plain_model_has_words_without_markup() {
        let mut api = full();
        let marked = Some(Text::new("**b**", "b"));
        api.operations[0].description = marked.clone();
        api.operations[0].responses[0]
            .body
            .as_mut()
            .unwrap()
            .description = marked.clone();
        let Shape::Properties(properties) = &mut api.schemas[0].shape else {
            panic!("A is an object")
        };
        properties[0].description = marked;
        let count = |api| model(&api).unwrap().matches("**b**").count();
        assert_eq!(count(api.clone()) - count(plain(api)), 3);
    }
}
