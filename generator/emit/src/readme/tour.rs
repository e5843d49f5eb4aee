//! The longer program of the README: what a caller does with a resource, as far as its pages
//! have operations for it.

use askama::Template;
use proc_macro2::TokenStream;
use quote::quote;

use super::example::{object, text_field};
use super::values::Values;
use crate::context::Context;
use crate::headers;
use crate::names::Name;
use crate::plan::{NamedType, PlannedOperation, PlannedParameter, Presence, Resource};
use crate::print;
use crate::queries;
use crate::resource::parameter_type;
use crate::servers;
use docwright_model::{Property, Type};

#[derive(Template)]
#[template(path = "examples/tour.rs.askama", escape = "none")]
struct Tour<'a> {
    uses: TokenStream,
    library: &'a Name,
    base_url: TokenStream,
    credentials: TokenStream,
    parts: Parts,
}

/// What the program does, as far as there are operations for it.
#[derive(Default)]
struct Parts {
    list: Option<List>,
    change: Option<Change>,
    patch: Option<Change>,
    copy: Option<Copy>,
}

/// A list that comes in pages, each with a link to the next.
struct List {
    uses: TokenStream,
    call: TokenStream,
    link: Name,
    rows: TokenStream,
}

/// An object that is read, changed and written, and a property of it.
struct Change {
    get: TokenStream,
    put: TokenStream,
    field: Name,
    value: TokenStream,
}

/// A file that is read and written.
struct Copy {
    get: TokenStream,
    put: TokenStream,
    media_type: TokenStream,
}

/// The program for the resource that has most of it, and with the parts that only others
/// have; blank where there aren't two parts.
///
/// # Errors
/// What is wrong with the template.
pub fn tour(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let resources = context.plan.resources.iter();
    let all = resources.map(|resource| of_resource(context, library, resource));
    let mut all: Vec<Parts> = all.collect();
    // The first of several with equally many.
    all.sort_by_key(|parts| std::cmp::Reverse(parts.count()));
    let parts = all.into_iter().fold(Parts::default(), Parts::or);
    if parts.count() < 2 {
        return Ok(String::new());
    }
    let tour = Tour {
        uses: parts.uses(library),
        library,
        base_url: servers::for_example(context),
        credentials: headers::for_example(context.plan.api).made,
        parts,
    };
    let text = tour.render().map_err(|error| error.to_string())?;
    print::example(&text).map_err(|error| error.to_string())
}

impl Parts {
    fn count(&self) -> usize {
        let parts = [
            self.list.is_some(),
            self.change.is_some(),
            self.patch.is_some(),
            self.copy.is_some(),
        ];
        parts.iter().filter(|is_there| **is_there).count()
    }

    /// These, and those of another resource that are missing.
    fn or(self, other: Self) -> Self {
        Self {
            list: self.list.or(other.list),
            change: self.change.or(other.change),
            patch: self.patch.or(other.patch),
            copy: self.copy.or(other.copy),
        }
    }

    fn uses(&self, library: &Name) -> TokenStream {
        let conditional = self.change.as_ref().map(|_| {
            quote! {
                use #library::client::Conditional;
                use #library::http::header::{IF_UNMODIFIED_SINCE, LAST_MODIFIED};
            }
        });
        let patch = self.patch.as_ref();
        let changes = patch.map(|_| quote!(use #library::client::JsonPatch;));
        let copy = self.copy.as_ref();
        let named = copy.filter(|copy| !copy.media_type.is_empty());
        let media_type = named.map(|_| quote!(use #library::MediaType;));
        let queries = self.list.as_ref().map(|list| &list.uses);
        quote!(#queries #conditional #changes #media_type)
    }
}

fn of_resource(context: &Context<'_>, library: &Name, resource: &Resource<'_>) -> Parts {
    let desk = Desk {
        context,
        library,
        resource,
    };
    let list = desk.of_method("GET").find_map(|planned| desk.list(planned));
    let change = desk
        .pairs("PUT")
        .find_map(|(get, put)| desk.change(get, put));
    let patch = desk
        .pairs("PATCH")
        .find_map(|(get, it)| desk.patch(get, it));
    let uploads = desk.pairs("PUT").chain(desk.pairs("POST"));
    let copy = uploads
        .into_iter()
        .find_map(|(get, put)| desk.copy(get, put));
    Parts {
        list,
        change,
        patch,
        copy,
    }
}

/// A resource, and what is needed to write calls of it.
#[derive(Clone, Copy)]
pub(super) struct Desk<'d, 'a> {
    pub(super) context: &'d Context<'a>,
    pub(super) library: &'d Name,
    pub(super) resource: &'d Resource<'a>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// The operations of a method that examples show.
    pub(super) fn of_method(
        &self,
        method: &'static str,
    ) -> impl Iterator<Item = &'d PlannedOperation<'a>> + use<'d, 'a> {
        let operations = self.resource.operations.iter();
        let is_shown = move |planned: &&PlannedOperation<'_>| {
            planned.operation.method == method
                && planned.variant_of.is_none()
                && !planned.operation.deprecated
        };
        operations.filter(is_shown)
    }

    /// The operations that read and those that write on one path.
    fn pairs(
        &self,
        method: &'static str,
    ) -> impl Iterator<Item = (&'d PlannedOperation<'a>, &'d PlannedOperation<'a>)> {
        let writers: Vec<_> = self.of_method(method).collect();
        self.of_method("GET").flat_map(move |get| {
            let is_there = |put: &&PlannedOperation<'_>| put.operation.path == get.operation.path;
            let found: Vec<_> = writers.iter().copied().filter(is_there).collect();
            found.into_iter().map(move |put| (get, put))
        })
    }

    /// A call, if it takes nothing but simple values.
    pub(super) fn call(
        &self,
        planned: &PlannedOperation<'_>,
        body: &TokenStream,
    ) -> Option<TokenStream> {
        let parameters = planned.arguments();
        let types: Vec<_> = parameters
            .map(|p| parameter_type(self.context, p))
            .collect();
        let mut values = Values::new(self.context, self.library);
        let arguments: Option<Vec<_>> = types.iter().map(|ty| values.borrowed(ty)).collect();
        let arguments = arguments.filter(|_| values.names.is_empty())?;
        let is_list = planned
            .arguments()
            .any(|p| p.repeated(&self.context.plan).is_some());
        let (accessor, method) = (&self.resource.accessor, &planned.method);
        (!is_list).then(|| quote!(#accessor().#method(#(#arguments,)* #body)))
    }

    fn list(&self, planned: &PlannedOperation<'_>) -> Option<List> {
        let plan = &self.context.plan;
        let named = object(self.context, plan.resolved(&planned.answer()?.ty))?;
        let page = plan
            .api
            .list_page(&Type::Named(named.schema.name.clone()))?;
        let (link, ident) = (
            named.member(&page.next.name)?,
            named.member(&page.rows.name)?,
        );
        let rows = match plan.presence(named, page.rows) {
            Presence::Required => quote!(#ident),
            Presence::Optional | Presence::Nullable => quote!(#ident.unwrap_or_default()),
        };
        let call = self.call(planned, &TokenStream::new())?;
        let query = queries::example(self.context, planned);
        let set = &query.set;
        Some(List {
            uses: query.uses(self.library),
            call: quote!(#call #set),
            link: link.clone(),
            rows,
        })
    }

    fn change(&self, get: &PlannedOperation<'_>, put: &PlannedOperation<'_>) -> Option<Change> {
        let plan = &self.context.plan;
        let read = plan.resolved(&get.answer()?.ty);
        let is_one = read == plan.resolved(put.body?.ty);
        self.changed(get, put, &quote!(&changed)).filter(|_| is_one)
    }

    fn patch(&self, get: &PlannedOperation<'_>, patch: &PlannedOperation<'_>) -> Option<Change> {
        let plan = &self.context.plan;
        let Type::Array(element) = plan.resolved(patch.body?.ty) else {
            return None;
        };
        let operation = object(self.context, element)?;
        // The members of an operation of a JSON Patch (RFC 6902, section 4).
        let mut members = ["op", "path", "value"].into_iter();
        if !members.all(|name| operation.property(name).is_some()) {
            return None;
        }
        self.changed(get, patch, &quote!(&changes))
    }

    fn changed(
        &self,
        get: &PlannedOperation<'_>,
        put: &PlannedOperation<'_>,
        body: &TokenStream,
    ) -> Option<Change> {
        let read = self.context.plan.resolved(&get.answer()?.ty);
        let named = object(self.context, read)?;
        let text = quote!("text".to_owned());
        let optional = text_field(self.context, named);
        let optional = optional.map(|field| (field, quote!(Some(#text))));
        let (field, value) = optional.or_else(|| Some((required_text(get, named)?, text)))?;
        Some(Change {
            get: self.call(get, &TokenStream::new())?,
            put: self.call(put, &self.context.plan.given(&put.body?, body.clone()))?,
            field: field.clone(),
            value,
        })
    }

    fn copy(&self, get: &PlannedOperation<'_>, put: &PlannedOperation<'_>) -> Option<Copy> {
        let plan = &self.context.plan;
        let body = put.body?;
        let are_bytes = plan.is_bytes(&get.answer()?.ty) && plan.is_bytes(body.ty);
        let is_plain = |it: &&String| !it.contains("json") && !it.contains('*');
        let media_type = body.media_types.iter().find(is_plain);
        let media_type = media_type.map(|it| quote!(.body_as(&MediaType::from(#it))));
        let copy = Copy {
            get: self.call(get, &TokenStream::new())?,
            put: self.call(put, &quote!(file))?,
            media_type: media_type.unwrap_or_default(),
        };
        are_bytes.then_some(copy)
    }
}

/// A required property that a caller may change: a text that doesn't identify the object.
fn required_text<'n>(get: &PlannedOperation<'_>, named: &'n NamedType<'_>) -> Option<&'n Name> {
    let mut fields = named.properties.iter().zip(&named.members);
    let is_changed = |(property, _): &(&&Property, &Name)| {
        let identifies = |it: &PlannedParameter<'_>| {
            let name = it.parameter.name.to_ascii_lowercase();
            name.ends_with(&property.name.to_ascii_lowercase())
        };
        property.ty == Type::String
            && property.required
            && !property.facets.is_nullable()
            && !property.facets.is_read_only()
            && !property.facets.is_deprecated()
            && !get.path.iter().any(identifies)
    };
    fields.find(is_changed).map(|(_, field)| field)
}
