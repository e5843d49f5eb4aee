//! For a comment on a pull request: the summary first, details folded, within the length
//! limit of the platform.

use super::{
    lines::Section,
    view::{FindingView, PlaceView, View},
};

/// GitHub allows comments of 65,536 characters; the text around the report has to fit in,
/// too.
pub const LIMIT: usize = 60_000;

/// How many operations and places of a finding are shown.
const FEW: usize = 5;

/// The report as GitHub's Markdown.
pub fn markdown(view: &View) -> String {
    let mut out = format!(
        "### API changes: {}\n\n{} → {}\n\n",
        view.counts_line(),
        code(&view.old.name),
        code(&view.new.name)
    );
    out.push_str(&format!(
        "| | operations | types |\n| --- | ---: | ---: |\n| old | {} | {} |\n| new | {} | {} |\n\n",
        view.old.size.operations,
        view.old.size.types,
        view.new.size.operations,
        view.new.size.types
    ));
    let mut tail = String::new();
    if let Some(hidden) = view.hidden_line() {
        tail.push_str(&format!("Hidden: {hidden}.\n\n"));
    }
    tail.push_str(&format!("{}.\n", capital(&escape(&view.version_line()))));
    let left = folded(view, &mut out, tail.len());
    if left > 0 {
        out.push_str(&format!(
            "**{left} more findings don't fit into this comment**; `docwright diff` shows all.\n\n"
        ));
    }
    hidden(view, &mut out, tail.len());
    out.push_str(&tail);
    out
}

/// What ends a folded part.
const END: &str = "\n</details>\n\n";

/// How much space is left for the text between the findings.
const ROOM: usize = 200;

/// Adds the findings, section by section, as long as they fit in above `tail` bytes.
/// Returns how many don't fit.
fn folded(view: &View, out: &mut String, tail: usize) -> usize {
    let mut left = view.findings.len();
    for Section { title, findings } in view.sections() {
        let is_open = matches!(title, "Reading" | "Breaking");
        let open = if is_open { " open" } else { "" };
        let count = findings.len();
        out.push_str(&format!(
            "<details{open}><summary><b>{title}</b> ({count})</summary>\n\n"
        ));
        for finding in findings {
            let text = entry(finding);
            if out.len() + text.len() + END.len() + tail + ROOM > LIMIT {
                out.push_str(END);
                return left;
            }
            out.push_str(&text);
            left -= 1;
        }
        out.push_str(END);
    }
    left
}

/// Adds what was hidden, where it is to be shown, as long as it fits in above `tail` bytes.
fn hidden(view: &View, out: &mut String, tail: usize) {
    let Some(noise) = &view.noise else { return };
    let mut list = String::from("<details><summary>What was hidden</summary>\n\n");
    for (index, item) in noise.iter().enumerate() {
        let line = format!("- {}: {}\n", item.kind.singular(), code(&item.subject));
        if out.len() + list.len() + line.len() + tail + ROOM > LIMIT {
            let more = noise.len() - index;
            list.push_str(&format!("- and {more} more\n"));
            break;
        }
        list.push_str(&line);
    }
    out.push_str(&list);
    out.push_str(END);
}

fn entry(finding: &FindingView) -> String {
    let mut text = format!(
        "- **{}** · {} · Rust: {}\n",
        finding.rule,
        code(&finding.headline),
        finding.rust
    );
    if let Some(reason) = &finding.waived {
        text.push_str(&format!("  - waived: {}\n", escape(reason)));
    }
    if let Some(reach) = finding.reach(FEW) {
        text.push_str(&format!(
            "  - in {} of {}\n",
            finding.messages(),
            code(&reach)
        ));
    }
    for (title, places) in [("old", &finding.old_places), ("new", &finding.new_places)] {
        for place in places.iter().take(FEW) {
            text.push_str(&format!("  - {title}: {}\n", located(place)));
        }
        if places.len() > FEW {
            text.push_str(&format!(
                "  - {title}: {} more places\n",
                places.len() - FEW
            ));
        }
    }
    text
}

fn located(place: &PlaceView) -> String {
    let text = format!("{}{}", place.file_line(), place.within());
    match &place.link {
        // Links from settings are percent-encoded, so nothing in them ends a link.
        Some(link) => format!("[{}](<{link}>)", code(&text)),
        None => code(&text),
    }
}

/// A span of code. Within one, neither Markdown nor HTML nor a mention means
/// anything; only backticks and line breaks could end it.
fn code(text: &str) -> String {
    let text = text.replace('`', "'").replace(char::is_control, " ");
    format!("`{}`", text.trim())
}

/// Text outside of spans of code, where a backtick starts one.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        match c {
            '`' => is_code = !is_code,
            '\n' | '\r' => {
                escaped.push(' ');
                continue;
            }
            '<' | '>' | '*' | '_' | '[' | ']' | '|' | '\\' | '#' | '@' if !is_code => {
                escaped.push('\\');
            }
            _ => {}
        }
        escaped.push(c);
    }
    escaped
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
