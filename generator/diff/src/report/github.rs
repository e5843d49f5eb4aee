//! Annotations of a GitHub workflow, one line each (GitHub's documentation,
//! "Workflow commands").

use super::view::View;
use crate::Wire;

/// The report as workflow commands: an annotation for each finding that isn't waived, at
/// its place in the new pages, and a notice with the counts.
pub fn github(view: &View) -> String {
    let mut out = String::new();
    for finding in view.findings.iter().filter(|it| it.waived.is_none()) {
        let level = match finding.wire {
            Wire::Breaking => "error",
            Wire::Risky => "warning",
            Wire::Compatible => "notice",
        };
        let mut properties = Vec::new();
        let place = finding.new_places.iter().find(|it| it.file.is_some());
        if let Some(place) = place {
            let file = place.file.as_deref().unwrap_or_default();
            properties.push(format!("file={}", property(file)));
            if let Some(line) = place.line {
                properties.push(format!("line={line}"));
            }
        }
        properties.push(format!(
            "title={}",
            property(&format!("{}: {}", finding.wire, finding.rule))
        ));
        let mut message = format!("{}. Rust: {}.", finding.headline, finding.rust);
        if let Some(reach) = finding.reach(3) {
            message.push_str(&format!("\nIn {} of {reach}.", finding.messages()));
        }
        out.push_str(&format!(
            "::{level} {}::{}\n",
            properties.join(","),
            data(&message)
        ));
    }
    let mut summary = view.counts_line();
    if let Some(hidden) = view.hidden_line() {
        summary.push_str(&format!("; hidden: {hidden}"));
    }
    summary.push_str(&format!("\n{}", view.version_line()));
    out.push_str(&format!("::notice title=API changes::{}\n", data(&summary)));
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
