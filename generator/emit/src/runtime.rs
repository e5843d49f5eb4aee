//! The library code that every crate has: the files of `templates/runtime`, as they are.

/// Path and text of each file.
pub const FILES: &[(&str, &str)] = &[
    (
        "client/call.rs",
        include_str!("../templates/runtime/client/call.rs"),
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
        "client/tests/trace.rs",
        include_str!("../templates/runtime/client/tests/trace.rs"),
    ),
    (
        "client/tests/tower.rs",
        include_str!("../templates/runtime/client/tests/tower.rs"),
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
    (
        "media_type.rs",
        include_str!("../templates/runtime/media_type.rs"),
    ),
    ("mod.rs", include_str!("../templates/runtime/mod.rs")),
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
        "server/error.rs",
        include_str!("../templates/runtime/server/error.rs"),
    ),
    (
        "server/gates.rs",
        include_str!("../templates/runtime/server/gates.rs"),
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
        "server/routes.rs",
        include_str!("../templates/runtime/server/routes.rs"),
    ),
    (
        "server/tests.rs",
        include_str!("../templates/runtime/server/tests.rs"),
    ),
    (
        "template.rs",
        include_str!("../templates/runtime/template.rs"),
    ),
    ("union.rs", include_str!("../templates/runtime/union.rs")),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

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
        let paths: Vec<_> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(paths, there);
    }
}
