//! Finds pages on disk, detects their form and encoding, and turns byte offsets
//! into lines and columns. Nothing here reads what a page says.

mod file;
mod find;
mod hidden;
mod page;

pub use file::{ReadError, decode, read, read_file};
pub use find::{Found, Listing, find, find_all};
pub use hidden::{Hidden, shown};
pub use page::{Form, Page, Span};
