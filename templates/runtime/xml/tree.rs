//! A document as a tree of elements.

use std::fmt::Display;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use serde::de::Error as _;
use serde_json::Error;

/// How deep elements may be nested, as for JSON.
const DEPTH: usize = 128;

/// An element.
#[derive(Default)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: String,
    /// Whether it is `null`.
    pub(super) is_nil: bool,
    /// Its text, without that of its children.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Result<Self, Error> {
        let mut element = Self {
            name: String::from_utf8_lossy(tag.local_name().as_ref()).into_owned(),
            ..Self::default()
        };
        // Checking for repeated names would be slow for very many attributes.
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(not_xml)?;
            if attribute.key.local_name().as_ref() == b"nil" {
                element.is_nil = matches!(attribute.value.trim_ascii(), b"true" | b"1");
            }
        }
        Ok(element)
    }
}

fn not_xml(reason: impl Display) -> Error {
    Error::custom(format_args!("it isn't XML: {reason}"))
}

/// Reads a document.
///
/// # Errors
/// Returns the reason why it isn't one, or isn't accepted.
pub(super) fn parse(text: &str) -> Result<Element, Error> {
    let mut reader = Reader::from_str(text.trim_start());
    reader.config_mut().expand_empty_elements = true;
    // The elements that aren't closed yet; the first holds the root.
    let mut open = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(not_xml)?;
        let content = match event {
            Event::Start(tag) => {
                if open.len() > DEPTH {
                    let message = format!("elements are more than {DEPTH} levels deep");
                    return Err(Error::custom(message));
                }
                open.push(Element::of(&tag)?);
                continue;
            }
            Event::End(_) => {
                if let (Some(done), Some(around)) = (open.pop(), open.last_mut()) {
                    around.children.push(done);
                }
                continue;
            }
            Event::Text(text) => text.xml10_content().map_err(not_xml)?.into_owned(),
            Event::CData(text) => text.xml10_content().map_err(not_xml)?.into_owned(),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(not_xml)? {
                Some(c) => c.to_string(),
                None => {
                    let name = name.decode().map_err(not_xml)?;
                    let known = resolve_xml_entity(&name);
                    let unknown = || not_xml(format_args!("there is no entity `{name}`"));
                    known.ok_or_else(unknown)?.to_owned()
                }
            },
            Event::DocType(_) => return Err(Error::custom("a DTD isn't accepted")),
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
        };
        if let Some(around) = open.last_mut() {
            around.text.push_str(&content);
        }
    }
    let document = open.swap_remove(0);
    let [root] = <[Element; 1]>::try_from(document.children)
        .map_err(|_| not_xml("a document has one root element, with an end tag"))?;
    match open.is_empty() && document.text.trim().is_empty() {
        true => Ok(root),
        false => Err(not_xml("there is content outside of the root element")),
    }
}
