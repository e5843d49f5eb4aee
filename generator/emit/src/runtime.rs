//! The library code that every crate has: the files of `templates/runtime`, as they are.

/// `tests/contract/test_driver.rs`, which doesn't depend on the pages either.
pub const TEST_DRIVER: &str = include_str!("../templates/tests/contract/test_driver.rs");

/// Path and text of each file.
pub const FILES: &[(&str, &str)] = &[
    (
        "client/blocking.rs",
        include_str!("../templates/runtime/client/blocking.rs"),
    ),
    (
        "client/body.rs",
        include_str!("../templates/runtime/client/body.rs"),
    ),
    (
        "client/call.rs",
        include_str!("../templates/runtime/client/call.rs"),
    ),
    (
        "client/drift.rs",
        include_str!("../templates/runtime/client/drift.rs"),
    ),
    (
        "client/encoding.rs",
        include_str!("../templates/runtime/client/encoding.rs"),
    ),
    (
        "client/error.rs",
        include_str!("../templates/runtime/client/error.rs"),
    ),
    (
        "client/http_date.rs",
        include_str!("../templates/runtime/client/http_date.rs"),
    ),
    (
        "client/mod.rs",
        include_str!("../templates/runtime/client/mod.rs"),
    ),
    (
        "client/outgoing.rs",
        include_str!("../templates/runtime/client/outgoing.rs"),
    ),
    (
        "client/pages.rs",
        include_str!("../templates/runtime/client/pages.rs"),
    ),
    (
        "client/parameter.rs",
        include_str!("../templates/runtime/client/parameter.rs"),
    ),
    (
        "client/patch.rs",
        include_str!("../templates/runtime/client/patch.rs"),
    ),
    (
        "client/renewal.rs",
        include_str!("../templates/runtime/client/renewal.rs"),
    ),
    (
        "client/reqwest.rs",
        include_str!("../templates/runtime/client/reqwest.rs"),
    ),
    (
        "client/retry.rs",
        include_str!("../templates/runtime/client/retry.rs"),
    ),
    (
        "client/sending.rs",
        include_str!("../templates/runtime/client/sending.rs"),
    ),
    (
        "client/tests/blocking.rs",
        include_str!("../templates/runtime/client/tests/blocking.rs"),
    ),
    (
        "client/tests/bodies.rs",
        include_str!("../templates/runtime/client/tests/bodies.rs"),
    ),
    (
        "client/tests/drift.rs",
        include_str!("../templates/runtime/client/tests/drift.rs"),
    ),
    (
        "client/tests/mod.rs",
        include_str!("../templates/runtime/client/tests/mod.rs"),
    ),
    (
        "client/tests/network.rs",
        include_str!("../templates/runtime/client/tests/network.rs"),
    ),
    (
        "client/tests/pages.rs",
        include_str!("../templates/runtime/client/tests/pages.rs"),
    ),
    (
        "client/tests/renewal.rs",
        include_str!("../templates/runtime/client/tests/renewal.rs"),
    ),
    (
        "client/tests/retry.rs",
        include_str!("../templates/runtime/client/tests/retry.rs"),
    ),
    (
        "client/tests/tower.rs",
        include_str!("../templates/runtime/client/tests/tower.rs"),
    ),
    (
        "client/tests/trace.rs",
        include_str!("../templates/runtime/client/tests/trace.rs"),
    ),
    (
        "client/tests/xml.rs",
        include_str!("../templates/runtime/client/tests/xml.rs"),
    ),
    (
        "client/tower.rs",
        include_str!("../templates/runtime/client/tower.rs"),
    ),
    (
        "client/trace.rs",
        include_str!("../templates/runtime/client/trace.rs"),
    ),
    (
        "client/transport.rs",
        include_str!("../templates/runtime/client/transport.rs"),
    ),
    (
        "client/url.rs",
        include_str!("../templates/runtime/client/url.rs"),
    ),
    (
        "client/without.rs",
        include_str!("../templates/runtime/client/without.rs"),
    ),
    (
        "credentials.rs",
        include_str!("../templates/runtime/credentials.rs"),
    ),
    (
        "date_time.rs",
        include_str!("../templates/runtime/date_time.rs"),
    ),
    ("flags.rs", include_str!("../templates/runtime/flags.rs")),
    ("form.rs", include_str!("../templates/runtime/form.rs")),
    (
        "int_enum.rs",
        include_str!("../templates/runtime/int_enum.rs"),
    ),
    (
        "json/containers.rs",
        include_str!("../templates/runtime/json/containers.rs"),
    ),
    (
        "json/mod.rs",
        include_str!("../templates/runtime/json/mod.rs"),
    ),
    (
        "json/odd.rs",
        include_str!("../templates/runtime/json/odd.rs"),
    ),
    (
        "json/scalars.rs",
        include_str!("../templates/runtime/json/scalars.rs"),
    ),
    ("marks.rs", include_str!("../templates/runtime/marks.rs")),
    (
        "media_type.rs",
        include_str!("../templates/runtime/media_type.rs"),
    ),
    ("mod.rs", include_str!("../templates/runtime/mod.rs")),
    (
        "multipart.rs",
        include_str!("../templates/runtime/multipart.rs"),
    ),
    (
        "object/extra.rs",
        include_str!("../templates/runtime/object/extra.rs"),
    ),
    (
        "object/missing.rs",
        include_str!("../templates/runtime/object/missing.rs"),
    ),
    (
        "object/mod.rs",
        include_str!("../templates/runtime/object/mod.rs"),
    ),
    (
        "object/reader.rs",
        include_str!("../templates/runtime/object/reader.rs"),
    ),
    (
        "object/tests.rs",
        include_str!("../templates/runtime/object/tests.rs"),
    ),
    (
        "object/writer.rs",
        include_str!("../templates/runtime/object/writer.rs"),
    ),
    (
        "open_enum.rs",
        include_str!("../templates/runtime/open_enum.rs"),
    ),
    (
        "operation.rs",
        include_str!("../templates/runtime/operation.rs"),
    ),
    (
        "payload.rs",
        include_str!("../templates/runtime/payload.rs"),
    ),
    (
        "server/accept.rs",
        include_str!("../templates/runtime/server/accept.rs"),
    ),
    (
        "server/checks.rs",
        include_str!("../templates/runtime/server/checks.rs"),
    ),
    (
        "server/choice.rs",
        include_str!("../templates/runtime/server/choice.rs"),
    ),
    (
        "server/error.rs",
        include_str!("../templates/runtime/server/error.rs"),
    ),
    (
        "server/mod.rs",
        include_str!("../templates/runtime/server/mod.rs"),
    ),
    (
        "server/parameter.rs",
        include_str!("../templates/runtime/server/parameter.rs"),
    ),
    (
        "server/pattern.rs",
        include_str!("../templates/runtime/server/pattern.rs"),
    ),
    (
        "server/reply.rs",
        include_str!("../templates/runtime/server/reply.rs"),
    ),
    (
        "server/required.rs",
        include_str!("../templates/runtime/server/required.rs"),
    ),
    (
        "server/response.rs",
        include_str!("../templates/runtime/server/response.rs"),
    ),
    (
        "server/routes.rs",
        include_str!("../templates/runtime/server/routes.rs"),
    ),
    (
        "server/tests/bodies.rs",
        include_str!("../templates/runtime/server/tests/bodies.rs"),
    ),
    (
        "server/tests/hostile.rs",
        include_str!("../templates/runtime/server/tests/hostile.rs"),
    ),
    (
        "server/tests/media_types.rs",
        include_str!("../templates/runtime/server/tests/media_types.rs"),
    ),
    (
        "server/tests/mod.rs",
        include_str!("../templates/runtime/server/tests/mod.rs"),
    ),
    (
        "server/tests/paths.rs",
        include_str!("../templates/runtime/server/tests/paths.rs"),
    ),
    (
        "server/tests/responses.rs",
        include_str!("../templates/runtime/server/tests/responses.rs"),
    ),
    (
        "server/tests/services.rs",
        include_str!("../templates/runtime/server/tests/services.rs"),
    ),
    (
        "template.rs",
        include_str!("../templates/runtime/template.rs"),
    ),
    ("union.rs", include_str!("../templates/runtime/union.rs")),
    (
        "xml/kind.rs",
        include_str!("../templates/runtime/xml/kind.rs"),
    ),
    (
        "xml/mod.rs",
        include_str!("../templates/runtime/xml/mod.rs"),
    ),
    (
        "xml/reading.rs",
        include_str!("../templates/runtime/xml/reading.rs"),
    ),
    (
        "xml/tests.rs",
        include_str!("../templates/runtime/xml/tests.rs"),
    ),
    (
        "xml/tree.rs",
        include_str!("../templates/runtime/xml/tree.rs"),
    ),
    (
        "xml/writing.rs",
        include_str!("../templates/runtime/xml/writing.rs"),
    ),
];

/// Path and text of each file of the module `query`, which crates have whose query parameters
/// are written in a language; the folder is `templates/runtime/query`.
pub const QUERY_FILES: &[(&str, &str)] = &[
    (
        "column.rs",
        include_str!("../templates/runtime/query/column.rs"),
    ),
    (
        "filter.rs",
        include_str!("../templates/runtime/query/filter.rs"),
    ),
    (
        "order.rs",
        include_str!("../templates/runtime/query/order.rs"),
    ),
    (
        "select.rs",
        include_str!("../templates/runtime/query/select.rs"),
    ),
    (
        "value.rs",
        include_str!("../templates/runtime/query/value.rs"),
    ),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use docwright_model::visible::is_invisible;

    use super::*;

    #[test]
    fn no_file_is_forgotten() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut there = Vec::new();
        for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&root).unwrap();
                there.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
        there.sort();
        let paths = FILES.iter().map(|(path, _)| (*path).to_owned());
        let of_queries = QUERY_FILES.iter().map(|(path, _)| format!("query/{path}"));
        let mut paths: Vec<_> = paths.chain(of_queries).collect();
        paths.sort();
        assert_eq!(paths, there);
    }

    #[test]
    fn all_characters_show() {
        for (path, text) in FILES.iter().chain(QUERY_FILES) {
            assert!(!text.contains(is_invisible), "{path}");
        }
    }
}
