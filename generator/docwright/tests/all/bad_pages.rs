//! One bad page costs one page: whatever stands on it, the model of the other
//! pages is the same as if it weren't there, and somebody is told.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use docwright::{
    dialect::Dialect,
    export,
    extract::PageFacts,
    facts_of, infer,
    model::Api,
    settings::Settings,
    source::{self, Page},
};

/// Longer than any page may take, by far.
const HANG: Duration = Duration::from_secs(20);

/// A reference, read once.
struct Reference {
    dialect: Dialect,
    pages: Vec<Page>,
    facts: Vec<PageFacts>,
}

impl Reference {
    fn new(folder: &Path) -> Self {
        let (settings, _) = Settings::for_docs(&[folder.to_owned()]);
        let dialect = settings.dialect().unwrap();
        let found = source::find(folder).unwrap();
        let read = |(path, file): &(String, PathBuf)| source::read(path, file).unwrap();
        let pages: Vec<Page> = found.iter().map(read).collect();
        let facts = pages.iter().map(|page| facts_of(page, &dialect)).collect();
        Self {
            dialect,
            pages,
            facts,
        }
    }

    /// The model, without provenance, and how many findings there are, when
    /// the page with this index has these facts.
    fn with(&self, index: usize, facts: Option<PageFacts>) -> (Api, usize) {
        let mut all = self.facts.clone();
        match facts {
            Some(facts) => all[index] = facts,
            None => drop(all.remove(index)),
        }
        let inferred = infer::infer(&all, &[], &self.dialect, "x");
        let own = all.iter().map(|page| page.diagnostics.len()).sum::<usize>();
        (
            export::plain(inferred.api),
            own + inferred.diagnostics.len(),
        )
    }

    /// Replaces a page by each kind of rubbish.
    fn spoil(&self, index: usize) {
        let page = &self.pages[index];
        if self.dialect.ignores_page(page.stem()).is_some() {
            return;
        }
        let (without, findings) = self.with(index, None);
        let other = &self.pages[(index + 1) % self.pages.len()];
        for (kind, text) in rubbish(other) {
            let start = Instant::now();
            let bad = Page::new(page.path.clone(), page.form, text);
            let (api, told) = self.with(index, Some(facts_of(&bad, &self.dialect)));
            assert!(start.elapsed() < HANG, "{}: {kind}", page.path);
            assert_eq!(api, without, "{}: {kind}", page.path);
            assert!(told > findings, "{}: {kind} is no finding", page.path);
        }
        self.truncate(index, &without);
    }

    /// What is left of a page takes nothing from the other pages, and says
    /// nothing that the whole page doesn't. (Half a table of properties is a
    /// table, which says which properties a type has, and an answer without its status
    /// has the dialect's: so types and answers are left out.)
    fn truncate(&self, index: usize, without: &Api) {
        let page = &self.pages[index];
        let (whole, _) = self.with(index, Some(self.facts[index].clone()));
        for part in 1..5 {
            // At the end of a line: half a name is another name.
            let line = page.line(u32::try_from(page.text.len() * part / 5).unwrap());
            let text = &page.text[..page.line_span(line).end as usize];
            let bad = Page::new(page.path.clone(), page.form, text);
            let (api, _) = self.with(index, Some(facts_of(&bad, &self.dialect)));
            let (less, some, more) = (names(without), names(&api), names(&whole));
            let lost: Vec<_> = less.difference(&some).collect();
            assert!(lost.is_empty(), "{}, {part}/5: lost {lost:?}", page.path);
            let invented: Vec<_> = some.difference(&more).collect();
            assert!(invented.is_empty(), "{}, {part}/5: {invented:?}", page.path);
        }
    }
}

/// Operations and their parameters.
fn names(api: &Api) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for operation in &api.operations {
        let route = format!("{} {}", operation.method, operation.path);
        let parameters = operation.parameters.iter();
        names.extend(parameters.map(|parameter| format!("{route} {}", parameter.name)));
        names.insert(route);
    }
    names
}

/// What a page may turn into, none of which declares anything.
fn rubbish(other: &Page) -> Vec<(&'static str, String)> {
    let mut numbers = fastrand::Rng::with_seed(7);
    let bytes: Vec<u8> = std::iter::repeat_with(|| numbers.u8(..))
        .take(20_000)
        .collect();
    let row = "| a | b | c |\n";
    vec![
        ("an empty file", String::new()),
        ("blank lines", " \n\n\t\n".repeat(100)),
        ("random bytes", String::from_utf8_lossy(&bytes).into_owned()),
        (
            "a page of HTML that isn't one",
            "<div><table><tr><td><p>503</table></li><script>x(</h1><pre>".repeat(50),
        ),
        (
            "a huge table",
            format!("# x\n\n{row}|--|--|--|\n{}", row.repeat(5_000)),
        ),
        ("a wide table", format!("{}\n", "| a ".repeat(5_000))),
        ("deep quotations", format!("{}x", "> - ".repeat(500))),
        (
            "a fence without an end",
            format!("```http\n{row}").repeat(3),
        ),
        // Declared twice, it counts once.
        ("another page's text", other.text.clone()),
    ]
}

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_bad_page_costs_only_itself() {
    for folder in ["../../docs-input", "tests/dialects/harbour"] {
        let reference = Reference::new(&manifest().join(folder));
        for index in 0..reference.pages.len() {
            reference.spoil(index);
        }
    }
}

/// `DOCWRIGHT_CORPUS=… cargo test --release --test all bad_pages:: -- --ignored`
#[test]
#[ignore = "needs the corpus"]
fn a_bad_page_of_a_real_reference_costs_only_itself() {
    let corpus = std::env::var("DOCWRIGHT_CORPUS").expect("DOCWRIGHT_CORPUS names the corpus");
    let folder = PathBuf::from(corpus).join("superoffice/v10.2.2");
    let reference = Reference::new(&folder);
    for index in (0..reference.pages.len()).step_by(173) {
        reference.spoil(index);
    }
}
