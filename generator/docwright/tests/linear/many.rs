//! Many of what a reference has: pages, operations, types, parameters, names.

use docwright::source::Form;

use super::pages::{Construct, construct, markdown, numbered, sample};

/// A construct of many pages, each about this long.
fn pages(
    name: &str,
    length: usize,
    page: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Construct {
    Construct {
        pages: Box::new(move |bytes| (0..bytes / length).map(&page).collect()),
        // The most that takes as long as a construct of one page.
        ..construct(name, Form::Markdown, |_| String::new())
    }
}

/// A page of a resource, whose response is a type of this name.
fn page(resource: &str, name: &str) -> String {
    let row = "| a | string | w |\n| b | int32 | w |\n";
    let page = markdown("w", row).replace("v1/Boat", &format!("v1/{resource}"));
    page.replace("body: object", &format!("body: {name}"))
}

pub fn constructs() -> Vec<Construct> {
    let mut all = vec![
        pages("pages", 128, |at| page(&format!("Boat/{at}"), "object")),
        pages("resources", 128, |at| page(&format!("Boat{at}"), "object")),
        pages("pages that share a type", 128, |at| {
            page(&format!("Boat/{at}"), "Boat")
        }),
        pages("pages with a type each", 128, |at| {
            page(&format!("Boat/{at}"), &format!("Boat{at}"))
                .replace("| b |", &format!("| b{at} |"))
        }),
        pages("pages that say the same", 128, |_| page("Boat", "Boat")),
        pages("pages that contradict each other", 128, |at| {
            page(&format!("Boat/{at}"), "Boat").replace("| b | int32", &format!("| b | Boat{at}"))
        }),
        pages("paths that differ in names", 128, |at| {
            page(&format!("Boat/{{id{at}}}"), "Boat")
        }),
        pages("pages with an enum each", 128, |at| {
            let values = format!("| b | string | One of: `x{at}`, `y{at}`. |");
            page(&format!("Boat/{at}"), "object").replace("| b | int32 | w |", &values)
        }),
        pages("pages with a sample each", 256, |at| {
            sample(&format!("{{\"a\": \"x{at}\", \"b\": {at}}}"))
                .replace("v1/Boat", &format!("v1/Boat/{at}"))
        }),
        pages("pages without an operation", 128, |at| {
            format!("# Words {at}\n\nNothing of the API.\n")
        }),
    ];
    all.extend(of_one_page());
    all
}

fn of_one_page() -> Vec<Construct> {
    let one = |name: &str, page: fn(usize) -> String| construct(name, Form::Markdown, page);
    vec![
        one("query parameters", |n| {
            let rows = numbered(n, |at| format!("| a{at} | string | w |\n"));
            let table = "## Query String Parameters\n\n| Parameter Name | Type | Description |\n|---|---|---|\n";
            markdown(&format!("{table}{rows}"), "")
        }),
        one("request headers", |n| {
            let rows = numbered(n, |at| format!("| X-A{at} | w |\n"));
            let table = "## Request Headers\n\n| Parameter Name | Description |\n|---|---|\n";
            markdown(&format!("{table}{rows}"), "")
        }),
        one("properties of a request", |n| {
            let rows = numbered(n, |at| format!("| A{at} | string | w |\n"));
            let table =
                "## Request Body: Boat\n\n| Property Name | Type | Description |\n|---|---|---|\n";
            markdown(&format!("{table}{rows}"), "")
        }),
        one("bodies", |n| {
            let table = "| Property Name | Type | Description |\n|---|---|---|\n| a | string | w |";
            let bodies = numbered(n, |at| {
                format!("### Response body: Boat{at}\n\n{table}\n\n")
            });
            markdown("w", "") + &bodies
        }),
        one("statuses of one kind", |n| {
            markdown("w", "").replace("| 200 | OK |\n", &"| 200 | OK |\n".repeat(n / 13))
        }),
        one("words below the statuses", |n| {
            markdown("w", "").replace(
                "### Response body",
                &format!("{}### Response body", "words\n\n".repeat(n / 7)),
            )
        }),
        one("rows of one enum", |n| {
            let row = |at| format!("| a{at} | string | One of: `x`, `y`, `z`. |\n");
            markdown("w", &numbered(n, row))
        }),
        one("rows that name a type which nothing describes", |n| {
            let row = |at| format!("| a{at} | Boat | w |\n");
            markdown("w", &numbered(n, row))
        }),
        one("a long name of a property", |n| {
            markdown("w", &format!("| {} | string | w |\n", "aB".repeat(n / 2)))
        }),
        one("a name of many signs", |n| {
            markdown("w", &format!("| {} | string | w |\n", "a-".repeat(n / 2)))
        }),
        one("a long name of a type", |n| {
            markdown("w", &format!("| a | {} | w |\n", "Ab".repeat(n / 2)))
        }),
        one("a long name of a resource", |n| {
            markdown("w", "").replace("v1/Boat", &format!("v1/{}", "aB".repeat(n / 2)))
        }),
        one("a long title", |n| {
            markdown("w", "").replacen("GET Boat", &format!("GET {}", "a/".repeat(n / 2)), 1)
        }),
        one("names that differ in case only", |n| {
            // As many letters as there are bits in the number.
            let name = |at: usize| -> String {
                let letter = |bit: usize| {
                    if (at >> bit).is_multiple_of(2) {
                        'a'
                    } else {
                        'A'
                    }
                };
                (0..10).map(letter).collect()
            };
            markdown(
                "w",
                &numbered(n, |at| format!("| {} | string | w |\n", name(at))),
            )
        }),
        one("names in another script", |n| {
            markdown("w", &numbered(n, |at| format!("| 船{at} | string | w |\n")))
        }),
    ]
}
