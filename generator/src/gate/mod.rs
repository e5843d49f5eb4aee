//! The one gate through which files reach the disk.

mod fileset;

pub use fileset::{FileSet, PathError};
