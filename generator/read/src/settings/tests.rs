use super::*;

fn parse(text: &str) -> (Settings, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let text = TomlText::new(FILE, text);
    let settings = file::parse(&text, Path::new("docs"), FILE, &mut diagnostics);
    (settings, diagnostics)
}

#[test]
fn keys_are_read_as_written() {
    let (settings, diagnostics) = parse(
        "[crate]\nname = 'my-api'\nversion = '1.2.0-rc.1'\n[docs]\ntitle = 'My API'\n\
         link-base = 'https://example.com/ref'",
    );
    assert_eq!(diagnostics, []);
    assert_eq!(settings.crate_name("x"), "my-api");
    assert_eq!(settings.crate_version(), "1.2.0-rc.1");
    assert_eq!(settings.docs.title.as_deref(), Some("My API"));
}

#[test]
fn the_documentation_shows_every_key() {
    let text = include_str!("../../../../docs/SETTINGS.md");
    let example = text.split("```").nth(1).unwrap();
    let example = example.strip_prefix("toml").unwrap();
    let (settings, diagnostics) = parse(example);
    assert_eq!(diagnostics, []);
    // No key is left at its default, except the one that says so.
    let package = format!("{:?}{:?}", settings.package, settings.docs);
    for patterns in [&settings.resources, &settings.operations] {
        assert!(!patterns.include.is_empty() && !patterns.exclude.is_empty());
    }
    assert!(
        !package.contains("None") && !package.contains("[]"),
        "{package}"
    );
}

#[test]
fn without_a_file_defaults_serve() {
    let folder = tempfile::tempdir().unwrap();
    let (settings, diagnostics) = Settings::for_docs(&[folder.path().to_owned()]);
    assert_eq!(diagnostics, []);
    assert_eq!(
        settings.crate_name("The Example API: v2"),
        "the-example-api-v2"
    );
    assert_eq!(settings.crate_name("2 fast"), "api-2-fast");
    assert_eq!(settings.crate_name("Ü"), "api");
    assert_eq!(settings.crate_version(), "0.1.0");
    assert!(settings.dialect().is_ok());
}

#[test]
fn an_unknown_key_is_shown_with_the_keys_there_are() {
    let (_, diagnostics) = parse("[crate]\nname = 'a'\nversoin = '1.0.0'\n");
    let [diagnostic] = &diagnostics[..] else {
        panic!("{diagnostics:?}")
    };
    assert_eq!(diagnostic.rule.id, "invalid-settings");
    let Place {
        line,
        column,
        width,
        ..
    } = diagnostic.place;
    assert_eq!((line, column, width), (3, 1, 7));
    assert_eq!(diagnostic.message, "unknown field `versoin`");
    assert!(diagnostic.help.as_ref().unwrap().contains("`version`"));
}

#[test]
fn a_value_that_cargo_would_refuse_is_shown() {
    for (line, word) in [
        ("name = 'a b'", "a b"),
        ("name = 'std'", "std"),
        ("version = '1.0'", "1.0"),
    ] {
        let (settings, diagnostics) = parse(&format!("[crate]\n{line}\n"));
        assert_eq!(diagnostics.len(), 1, "{line}");
        assert_eq!(diagnostics[0].place.line, 2);
        assert!(diagnostics[0].message.contains(word));
        assert!(diagnostics[0].help.is_some());
        assert_eq!(settings.package, PackageSettings::default());
    }
    let (_, diagnostics) = parse("[docs]\nlink-base = 'javascript:alert(1)'\n");
    assert_eq!(diagnostics.len(), 1);
}

#[test]
fn a_dialect_that_does_not_exist_is_shown_where_it_is_named() {
    let (settings, _) = parse("[docs]\ndialect = 'no-such.toml'\n");
    let error = settings.dialect().unwrap_err();
    assert_eq!((error.rule.id, error.place.line), ("invalid-dialect", 2));
    assert!(error.help.unwrap().contains("built-in"));
}

#[test]
fn a_place_has_an_address_when_the_pages_have_one() {
    let (settings, _) = parse("[docs]\nlink-base = 'https://example.com/ref'\n");
    let place = Provenance {
        page: "Batch Task/v1Start.md".into(),
        anchor: Some("request-body".into()),
        ..Provenance::default()
    };
    assert_eq!(
        settings.link(&place).as_deref(),
        Some("https://example.com/ref/Batch%20Task/v1Start.html#request-body")
    );
    assert_eq!(Settings::default().link(&place), None);
}

#[test]
fn a_page_has_the_settings_of_the_folder_above() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("Contact");
    std::fs::create_dir(&below).unwrap();
    std::fs::write(folder.path().join(FILE), "[docs]\ntitle = 'T'\n").unwrap();
    std::fs::write(below.join("a.md"), "").unwrap();
    let (settings, _) = Settings::for_docs(&[below.join("a.md")]);
    assert_eq!(settings.docs.title.as_deref(), Some("T"));
    let (settings, _) = Settings::for_docs(&[below]);
    assert_eq!(settings.docs.title, None);
}

#[test]
fn a_second_file_of_settings_is_not_ignored_in_silence() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for (folder, title) in folders.iter().zip(["A", "B"]) {
        std::fs::write(
            folder.path().join(FILE),
            format!("[docs]\ntitle = '{title}'\n"),
        )
        .unwrap();
    }
    let docs = folders.each_ref().map(|folder| folder.path().to_owned());
    let (settings, diagnostics) = Settings::for_docs(&docs);
    assert_eq!(settings.docs.title.as_deref(), Some("A"));
    assert_eq!(diagnostics[0].rule.id, "settings-ignored");
}
