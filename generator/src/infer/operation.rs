//! An operation that pages declare: the facts about it under the uid that it has in the
//! model.

use crate::extract::OperationFacts;

/// An operation's facts with the uid that it has in the model.
#[derive(Clone, Debug)]
pub struct Operation<'f> {
    /// The uid, unique in the API.
    pub uid: String,
    /// What types are called that only it has: a word of the uid.
    pub name: String,
    /// What its page says.
    pub facts: &'f OperationFacts,
}
