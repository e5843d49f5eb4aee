//! A small API, and a mutation of it for nearly each rule.

use crate::{Diff, Side, diff};
use docwright_model::{
    Api, ArrayStyle, Body, Direction, EnumValue, FORMAT, Facet, Facets, Known, Location, Operation,
    Parameter, Property, Provenance, QueryKind, QueryLanguage, Range, Response, ResponseHeader,
    Schema, SecurityScheme, Shape, Text, Type,
};

/// What a page states.
pub(super) fn stated<T>(value: T) -> Option<Facet<T>> {
    Some(Facet::documented(value, Provenance::default()))
}

pub(super) fn property(name: &str, ty: &str) -> Property {
    Property {
        name: name.to_owned(),
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        direction: Direction::Both,
        required: false,
        next_page: false,
        facets: Facets::default(),
        description: Some(Text::from(format!("The {name}."))),
        provenance: Vec::new(),
    }
}

pub(super) fn parameter(name: &str, location: Location, ty: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        location,
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        required: location == Location::Path,
        style: ArrayStyle::default(),
        facets: Facets::default(),
        description: None,
        provenance: None,
    }
}

pub(super) fn schema(name: &str, shape: Shape) -> Schema {
    Schema {
        name: name.to_owned(),
        known: Known::Documented,
        description: None,
        shape,
        base: None,
        subset_of: Vec::new(),
        deprecated: false,
        provenance: Vec::new(),
    }
}

pub(super) fn body(ty: &str) -> Option<Body> {
    Some(Body {
        name: None,
        ty: ty.parse().unwrap(),
        known: Known::Documented,
        optional: false,
        media_types: vec!["application/json".to_owned(), "text/json".to_owned()],
        others: Vec::new(),
        facets: Facets::default(),
        description: None,
        provenance: None,
    })
}

pub(super) fn operation(uid: &str, method: &str, path: &str) -> Operation {
    Operation {
        uid: uid.to_owned(),
        method: method.to_owned(),
        path: path.to_owned(),
        resource: "Pet".to_owned(),
        description: Some(Text::from(format!("About {uid}."))),
        parameters: Vec::new(),
        headers: vec!["Accept-Language".to_owned(), "X-App".to_owned()],
        request: None,
        accepts: Vec::new(),
        deprecated: false,
        responses: vec![Response {
            status: 200.into(),
            description: None,
            body: body("Pet"),
            headers: Vec::new(),
            provenance: None,
        }],
        provenance: None,
    }
}

/// A small API in which all kinds of things are.
pub(super) fn api() -> Api {
    let values = ["Cat", "Dog"].map(|it| EnumValue {
        value: it.into(),
        name: None,
        description: None,
    });
    let mut phone = property("Phone", "string");
    phone.facets.pattern = stated("^[0-9 ]+$".to_owned());
    let mut get = operation("getPet", "GET", "/pet/{id}");
    get.parameters = vec![
        parameter("id", Location::Path, "int32"),
        parameter("lang", Location::Query, "string"),
        parameter("limit", Location::Query, "int32"),
    ];
    let mut put = operation("putPet", "PUT", "/pet");
    put.request = body("Pet");
    let mut list = operation("listPets", "GET", "/pets");
    let mut filter = parameter("where", Location::Query, "string");
    filter.facets.query_language = stated(QueryKind::Filter);
    list.parameters = vec![filter];
    list.responses[0].body = body("array<Pet>");
    Api {
        format: FORMAT,
        title: "Pets".to_owned(),
        servers: Vec::new(),
        security: vec![SecurityScheme::Authorization {
            scheme: "Basic".to_owned(),
        }],
        headers: Vec::new(),
        query_languages: vec![QueryLanguage {
            kind: QueryKind::Filter,
            operators: vec!["{column} eq {value}".parse().unwrap()],
            dates: None,
        }],
        operations: vec![get, list, put],
        schemas: vec![
            schema("Kind", Shape::Values(values.to_vec())),
            schema("Owner", Shape::Properties(vec![phone])),
            schema(
                "Pet",
                Shape::Properties(vec![
                    property("Name", "string"),
                    property("Legs", "int32"),
                    property("Born", "date-time"),
                    property("Kind", "Kind"),
                    property("Owners", "array<Owner>"),
                ]),
            ),
        ],
    }
}

pub(super) fn compare(old: &Api, new: &Api) -> Diff {
    let side = |api| Side {
        api,
        samples: &[],
        pages: &[],
        dialect: None,
        names: None,
    };
    diff(side(old), side(new))
}

pub(super) fn ids(diff: &Diff) -> Vec<&str> {
    diff.findings.iter().map(|it| it.rule.id).collect()
}

pub(super) fn properties<'a>(api: &'a mut Api, name: &str) -> &'a mut Vec<Property> {
    let schema = api.schemas.iter_mut().find(|it| it.name == name).unwrap();
    match &mut schema.shape {
        Shape::Properties(properties) => properties,
        _ => panic!("{name} is an enum"),
    }
}

pub(super) fn values(api: &mut Api) -> &mut Vec<EnumValue> {
    match &mut api.schemas[0].shape {
        Shape::Values(values) => values,
        _ => panic!("no enum"),
    }
}

pub(super) type Mutation = (&'static str, fn(&mut Api));

/// One mutation a rule.
pub(super) const MUTATIONS: &[Mutation] = &[
    ("operation-added", |api| {
        api.operations.push(operation("zap", "POST", "/pet/zap"));
    }),
    ("operation-removed", |api| drop(api.operations.remove(1))),
    ("operation-method-changed", |api| {
        api.operations[2].method = "POST".into()
    }),
    ("operation-path-changed", |api| {
        api.operations[2].path = "/pet/it".into()
    }),
    ("operation-resource-changed", |api| {
        api.operations[2].path = "/animal".into();
        api.operations[2].resource = "Animal".into();
    }),
    ("operation-uid-renamed", |api| {
        api.operations[2].uid = "savePet".into()
    }),
    ("operation-moved", |api| {
        api.operations[2].uid = "savePet".into();
        api.operations[2].path = "/pet/it".into();
    }),
    ("operation-regrouped", |api| {
        api.operations[2].resource = "pets".into()
    }),
    ("operation-deprecated", |api| {
        api.operations[0].description = Some(Text::from("Deprecated: use listPets.".to_owned()));
    }),
    ("operation-restricted", |api| {
        let text = "About getPet.\n\n## Restricted: keepers only.";
        api.operations[0].description = Some(Text::from(text.to_owned()));
    }),
    ("path-parameter-renamed", |api| {
        api.operations[0].path = "/pet/{petId}".into();
        api.operations[0].parameters[0].name = "petId".into();
    }),
    ("path-parameter-type-changed", |api| {
        api.operations[0].parameters[0].ty = Type::DateTime
    }),
    ("path-parameter-type-widened", |api| {
        api.operations[0].parameters[0].ty = Type::Int64
    }),
    ("query-parameter-added-optional", |api| {
        let new = parameter("sort", Location::Query, "string");
        api.operations[0].parameters.push(new);
    }),
    ("query-parameter-added-first", |api| {
        let new = parameter("dry", Location::Query, "bool");
        api.operations[2].parameters.push(new);
    }),
    ("query-parameter-added-required", |api| {
        let mut new = parameter("sort", Location::Query, "string");
        new.required = true;
        api.operations[0].parameters.push(new);
    }),
    ("query-parameter-removed", |api| {
        drop(api.operations[0].parameters.pop())
    }),
    ("query-parameter-renamed", |api| {
        api.operations[0].parameters[1].name = "LANG".into()
    }),
    ("query-parameter-type-changed", |api| {
        api.operations[0].parameters[2].ty = Type::Boolean
    }),
    ("query-parameter-type-widened", |api| {
        api.operations[0].parameters[2].ty = Type::Double
    }),
    ("query-parameter-type-narrowed", |api| {
        api.operations[0].parameters[1].ty = Type::Date
    }),
    ("query-parameter-became-required", |api| {
        api.operations[0].parameters[1].required = true
    }),
    ("header-added", |api| {
        api.operations[0].headers.push("X-Trace".into())
    }),
    ("header-removed", |api| {
        drop(api.operations[0].headers.pop())
    }),
    ("authorization-added", |api| {
        let scheme = "Bearer".to_owned();
        api.security.push(SecurityScheme::Authorization { scheme });
    }),
    ("authorization-removed", |api| api.security.clear()),
    ("request-media-type-added", |api| {
        let body = api.operations[2].request.as_mut().unwrap();
        body.media_types.push("text/xml".into());
    }),
    ("response-media-type-removed", |api| {
        let body = api.operations[0].responses[0].body.as_mut().unwrap();
        body.media_types.pop();
    }),
    ("request-body-added", |api| {
        api.operations[0].request = body("Pet")
    }),
    ("request-body-removed", |api| {
        api.operations[2].request = None
    }),
    ("request-body-became-optional", |api| {
        api.operations[2].request.as_mut().unwrap().optional = true;
    }),
    ("request-body-type-changed", |api| {
        api.operations[2].request.as_mut().unwrap().ty = Type::Int32;
    }),
    ("response-success-added", |api| {
        let mut new = api.operations[0].responses[0].clone();
        new.status = 202.into();
        api.operations[0].responses.push(new);
    }),
    ("response-error-added", |api| {
        api.operations[0].responses.push(Response {
            status: 404.into(),
            description: None,
            body: None,
            headers: Vec::new(),
            provenance: None,
        });
    }),
    ("response-body-removed", |api| {
        api.operations[0].responses[0].body = None
    }),
    ("response-body-type-changed", |api| {
        api.operations[0].responses[0].body.as_mut().unwrap().ty = Type::String;
    }),
    ("property-added", |api| {
        properties(api, "Owner").push(property("Mail", "string"))
    }),
    ("property-added-required", |api| {
        let mut new = property("Mail", "string");
        new.required = true;
        properties(api, "Owner").push(new);
    }),
    ("property-removed", |api| {
        drop(properties(api, "Pet").remove(1))
    }),
    ("property-renamed", |api| {
        properties(api, "Pet")[0].name = "name".into()
    }),
    ("property-type-changed", |api| {
        properties(api, "Pet")[1].ty = Type::Boolean
    }),
    ("property-type-widened", |api| {
        properties(api, "Pet")[1].ty = Type::Int64
    }),
    ("property-type-narrowed", |api| {
        properties(api, "Pet")[0].ty = Type::Date
    }),
    ("property-became-required", |api| {
        properties(api, "Pet")[0].required = true
    }),
    ("property-no-longer-accepted", |api| {
        properties(api, "Pet")[0].direction = Direction::Response;
    }),
    ("property-no-longer-returned", |api| {
        properties(api, "Pet")[0].direction = Direction::Request;
    }),
    ("property-deprecated", |api| {
        let text = Text::from("Obsolete: it has none.".to_owned());
        properties(api, "Pet")[0].description = Some(text);
    }),
    ("became-nullable", |api| {
        properties(api, "Pet")[0].facets.nullable = stated(true)
    }),
    ("default-changed", |api| {
        api.operations[0].parameters[2].facets.default = stated(20.into())
    }),
    ("limits-narrowed", |api| {
        let range = Range {
            minimum: None,
            maximum: Some(100.into()),
        };
        api.operations[0].parameters[2].facets.range = stated(range);
    }),
    ("limits-changed", |api| {
        let facets = &mut properties(api, "Owner")[0].facets;
        facets.pattern = stated("^[0-9]+$".to_owned());
    }),
    ("response-header-added", |api| {
        api.operations[0].responses[0].headers.push(ResponseHeader {
            name: "ETag".to_owned(),
            ty: Type::String,
            known: Known::Documented,
            description: None,
            provenance: None,
        });
    }),
    ("query-language-documented", |api| {
        api.operations[0].parameters[1].facets.query_language = stated(QueryKind::Filter)
    }),
    ("query-language-changed", |api| {
        api.operations[1].parameters[0].facets.query_language = stated(QueryKind::Select)
    }),
    ("query-operator-added", |api| {
        let operators = &mut api.query_languages[0].operators;
        operators.push("{column} ne {value}".parse().unwrap());
    }),
    ("query-dates-changed", |api| {
        api.query_languages[0].dates = Some("date'{value}'".parse().unwrap())
    }),
    ("parameter-deprecated", |api| {
        api.operations[0].parameters[1].facets.deprecated = stated(true)
    }),
    ("enum-value-added", |api| {
        values(api).push(EnumValue {
            value: "Bird".into(),
            name: None,
            description: None,
        });
    }),
    ("enum-value-removed", |api| drop(values(api).pop())),
    ("enum-value-respelled", |api| {
        values(api)[0].value = "CAT".into()
    }),
    ("type-renamed", |api| {
        api.schemas[1].name = "Person".into();
        properties(api, "Pet")[4].ty = Type::array(Type::Named("Person".into()));
        api.schemas.sort_by(|a, b| a.name.cmp(&b.name));
    }),
    ("inferred-type-changed", |api| {
        let property = &mut properties(api, "Pet")[1];
        (property.ty, property.known) = (Type::Boolean, Known::Sampled);
    }),
];
