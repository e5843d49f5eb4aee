//! What a table holds besides its rows is reported at its place, and is no property.

use docwright::{
    dialect::Dialect,
    facts_of,
    source::{Form, Page},
};

const START: &str = "# POST Boat\n\n```http\nPOST /api/v1/Boat\n```\n\n## Request Body: boat\n\n";

/// The names of the properties of the request body of a page, each with its type cell and
/// whether it is required; and the findings, each with its line.
fn read(name: &str, table: &str) -> (Vec<String>, Vec<String>) {
    let form = if name.ends_with(".mdx") {
        Form::Mdx
    } else {
        Form::Markdown
    };
    let dialect = Dialect::built_in("superoffice").unwrap().unwrap();
    let page = Page::new(name, form, format!("{START}{table}"));
    let facts = facts_of(&page, &dialect);
    let body = facts.operations[0].request().unwrap();
    let row = |row: &docwright::extract::RowFact| format!("{}: {}", row.name, row.type_cell);
    let rows = body.rows.iter().map(row).collect();
    let findings = facts.diagnostics.iter();
    let findings = findings.map(|it| format!("{} {}", it.place.line, it.rule.id));
    (rows, findings.collect())
}

fn check(name: &str, table: &str, rows: &[&str], findings: &[&str]) {
    let (found, reported) = read(name, table);
    assert_eq!(found, rows, "{table}");
    assert_eq!(reported, findings, "{table}");
}

#[test]
fn words_over_the_whole_width_are_no_property() {
    check(
        "a.md",
        "<table><tr><th>Property Name</th><th>Type</th><th>Description</th></tr>\n\
         <tr><td>Mast</td><td>Integer</td><td>How many.</td></tr>\n\
         <tr><td colspan=\"3\">In a storm</td></tr>\n\
         <tr><td>Reefs</td><td>Integer</td><td>How many.</td></tr>\n\
         <tfoot><tr><td>All</td><td>are</td><td>counted.</td></tr></tfoot></table>\n",
        &["Mast: Integer", "Reefs: Integer"],
        &["11 words-in-table", "13 words-in-table"],
    );
}

#[test]
fn of_a_row_with_too_many_cells_the_name_is_read() {
    check(
        "a.md",
        "| Property Name | Type | Description |\n|---|---|---|\n| Mast | String | null | How. |\n",
        &["Mast: "],
        &["11 surplus-cells"],
    );
}

#[test]
fn what_is_struck_out_is_left_out() {
    check(
        "a.md",
        "| Property Name | Type | Description |\n|---|---|---|\n| ~~Oar~~ | String | Gone. |\n\
         | Mast | String | ~~Gone.~~ |\n",
        &["Mast: String"],
        &["11 struck-out-name"],
    );
}

#[test]
fn tables_in_cells_are_reported() {
    check(
        "a.md",
        "<table><tr><th>Property Name</th><th>Type</th><th>Description</th></tr>\n\
         <tr><td>Mast</td><td>Object</td><td>Of <table><tr><td>Sail</td></tr></table></td></tr>\n\
         </table>\n",
        &["Mast: Object"],
        &["10 nested-table"],
    );
}

#[test]
fn components_are_read_through() {
    check(
        "a.mdx",
        "<Tabs kind=\"new\">\n\n| Property Name | Type | Description |\n|---|---|---|\n\
         | Mast | String | How. |\n\n</Tabs>\n",
        &["Mast: String"],
        &["9 unread-component"],
    );
}

#[test]
fn marks_that_do_not_show_are_no_part_of_a_name() {
    check(
        "a.md",
        "| Property Name | Type | Description |\n|---|---|---|\n\
         | Ma\u{200b}st\u{ad} | Str\u{feff}ing | How. |\n",
        &["Mast: String"],
        &["11 hidden-characters"],
    );
}
