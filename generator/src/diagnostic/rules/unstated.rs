//! Rules about what pages leave unstated.

super::rules! { Unstated;
NO_SUCCESS_STATUS = "no-success-status", Warning {
    meaning: "only error statuses are documented",
    explanation: "The success response is taken to have no body.",
    help: "the success response is taken to have no body; add its row to the page, or a status \
           under [operation.success] in the dialect",
}
STATUS_NOT_DOCUMENTED = "status-not-documented", Note {
    meaning: "a response body is documented without a status",
    explanation: "200 is taken, because the dialect gives no other success status.",
    help: "say under [operation] in the dialect what the success status is, such as `success = { \
           POST = 201, \"*\" = 200 }`",
}
}
