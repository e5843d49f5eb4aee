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
use crate::plan::{PlannedOperation, Presence, Resource};
use crate::print;
use crate::queries;
use crate::resource::parameter_type;
use crate::servers;
use docwright_model::Type;

#[derive(Template)]
#[template(path = "examples/tour.rs.askama", escape = "none")]
struct Tour<'a> {
    uses: TokenStream,
    library: &'a Name,
    base_url: TokenStream,
    credentials: TokenStream,
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
}

/// A file that is read and written.
struct Copy {
    get: TokenStream,
    put: TokenStream,
    media_type: TokenStream,
}

/// The program for the resource that has most of it; blank where none has two parts.
///
/// # Errors
/// What is wrong with the template.
pub fn tour(context: &Context<'_>, library: &Name) -> Result<String, String> {
    let resources = context.plan.resources.iter();
    let tours = resources.map(|resource| of_resource(context, library, resource));
    let longest = tours.rev().max_by_key(Tour::parts);
    let Some(tour) = longest.filter(|tour| tour.parts() >= 2) else {
        return Ok(String::new());
    };
    let text = tour.render().map_err(|error| error.to_string())?;
    print::example(&text).map_err(|error| error.to_string())
}

impl Tour<'_> {
    fn parts(&self) -> usize {
        let parts = [
            self.list.is_some(),
            self.change.is_some(),
            self.patch.is_some(),
            self.copy.is_some(),
        ];
        parts.iter().filter(|is_there| **is_there).count()
    }
}

fn of_resource<'a>(context: &Context<'_>, library: &'a Name, resource: &Resource<'_>) -> Tour<'a> {
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
    let conditional = change.is_some().then(|| {
        quote! {
            use #library::client::Conditional;
            use #library::http::header::{IF_UNMODIFIED_SINCE, LAST_MODIFIED};
        }
    });
    let changes = patch
        .is_some()
        .then(|| quote!(use #library::client::JsonPatch;));
    let named = copy.as_ref().filter(|copy| !copy.media_type.is_empty());
    let media_type = named.map(|_| quote!(use #library::MediaType;));
    let queries = list.as_ref().map(|list| &list.uses);
    Tour {
        uses: quote!(#queries #conditional #changes #media_type),
        library,
        base_url: servers::for_example(context),
        credentials: headers::for_example(context.plan.api).made,
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
        let properties = named.properties.iter().zip(&named.members);
        let mut links = properties.clone().filter(|(property, _)| {
            let is_next = property.name.to_ascii_lowercase().contains("next");
            is_next
                && property.ty == Type::String
                && plan.presence(named, property) != Presence::Required
        });
        let mut rows = properties.filter(|(property, _)| matches!(property.ty, Type::Array(_)));
        let ((_, link), (property, ident)) = (links.next()?, rows.next()?);
        let is_one = links.next().is_none() && rows.next().is_none();
        let rows = match plan.presence(named, property) {
            Presence::Required => quote!(#ident),
            Presence::Optional | Presence::Nullable => quote!(#ident.unwrap_or_default()),
        };
        let call = self.call(planned, &TokenStream::new())?;
        let query = queries::example(self.context, planned);
        let set = &query.set;
        is_one.then(|| List {
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
        Some(Change {
            get: self.call(get, &TokenStream::new())?,
            put: self.call(put, body)?,
            field: text_field(self.context, object(self.context, read)?)?.clone(),
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
