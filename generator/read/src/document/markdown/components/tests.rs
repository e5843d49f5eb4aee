use super::*;

fn shown(text: &str, parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        Part::Markdown(range) => text[range.clone()].trim().replace('\n', "/"),
        Part::Code(range) => format!("code:{}", text[range.clone()].trim()),
        Part::Component {
            name,
            attributes,
            inner,
            ..
        } => {
            let attributes = attributes
                .iter()
                .map(|(key, value)| format!(" {key}={value}"));
            format!(
                "<{name}{}>({})",
                attributes.collect::<String>(),
                shown(text, inner)
            )
        }
    };
    let parts = parts.iter().map(part).filter(|it| !it.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

fn mdx(text: &str) -> String {
    shown(text, &parts(text, 0, true))
}

#[test]
fn components_hold_what_stands_between_their_tags() {
    let text = "# Boats\n\n<Route method=\"GET\">/boats/[boat.id]</Route>\n\nA boat.\n\n<Tabs>\n  <Tab title='One'>\n    words\n  </Tab>\n  <Tab />\n</Tabs>\nend";
    assert_eq!(
        mdx(text),
        "# Boats <Route method=GET>(/boats/[boat.id]) A boat. \
         <Tabs>(<Tab title=One>(words) <Tab>()) end"
    );
}

#[test]
fn a_heading_below_a_component_is_none_of_it() {
    let text = "<Anchor id=\"x\" />\n### Sails\n";
    assert_eq!(mdx(text), "<Anchor id=x>() ### Sails");
    assert_eq!(
        shown(text, &parts(text, 0, false)),
        "<Anchor id=x>() ### Sails"
    );
}

#[test]
fn what_is_no_component_stays_as_it_is() {
    for text in [
        "a <T> b",
        "<Open>\n\nwords",
        "```\n<Route>\n</Route>\n```",
        "words\n<Inline /> more",
        "<div>\n</div>",
        "<!-- <Route/>\n<Tab/> -->",
        "<Badge /> words",
        "</Route>",
    ] {
        assert_eq!(mdx(text), text.trim().replace('\n', "/"), "{text}");
    }
    let table = "<TABLE>\n</TABLE>\n\n<Table>\n</Table>";
    assert_eq!(
        shown(table, &parts(table, 0, false)),
        table.replace('\n', "/")
    );
}

#[test]
fn code_and_comments_of_mdx_are_set_apart() {
    let text = "import A from 'a'\nimport B from 'b'\n\n{/* not\nshown */}\n# Boats\n";
    assert_eq!(
        mdx(text),
        "code:import A from 'a'\nimport B from 'b' code:{/* not\nshown */} # Boats"
    );
}

#[test]
fn words_may_stand_on_the_lines_of_the_tags() {
    assert_eq!(
        mdx("<Note>Sails\nand masts</Note>\nend"),
        "<Note>(Sails/and masts) end"
    );
    assert_eq!(mdx("<A>\n<Open>\n<B />\n</A>"), "<A>(<Open> <B>())");
}
