//! For a terminal. Styles are ANSI codes; the caller strips them where there
//! is no terminal. The pages' own words are made visible first.

use anstyle::{AnsiColor, Style};

use super::view::{FindingView, PlaceView, View};
use crate::Wire;
use docwright_model::visible;

/// How many operations and places of a finding are shown.
const FEW: usize = 3;

/// The report for a terminal.
pub fn text(view: &View) -> String {
    let mut out = format!(
        "{} → {}: {}\n",
        visible::text(&view.old.name),
        visible::text(&view.new.name),
        view.counts_line()
    );
    out.push_str(&format!(
        "{} → {} operations, {} → {} types\n",
        view.old.size.operations,
        view.new.size.operations,
        view.old.size.types,
        view.new.size.types
    ));
    for finding in &view.findings {
        out.push('\n');
        push_finding(&mut out, finding);
    }
    out.push('\n');
    if let Some(hidden) = view.hidden_line() {
        let advice = match view.noise {
            Some(_) => "",
            None => "; --show-noise shows them",
        };
        out.push_str(&format!("hidden: {hidden}{advice}\n"));
    }
    for noise in view.noise.iter().flatten() {
        let change = match (&noise.old, &noise.new) {
            (None, None) => String::new(),
            (old, new) => {
                let [old, new] = [old, new].map(|it| it.as_deref().unwrap_or("nothing"));
                format!(" ({} → {})", visible::text(old), visible::text(new))
            }
        };
        let place = noise.place.as_ref().map(PlaceView::file_line);
        let place = place.map_or(String::new(), |it| format!(" at {}", visible::text(&it)));
        let kind = noise.kind.singular();
        out.push_str(&format!(
            "  {kind}: {}{change}{place}\n",
            visible::text(&noise.subject)
        ));
    }
    out.push_str(&visible::text(&view.version_line()));
    out.push('\n');
    out
}

fn push_finding(out: &mut String, finding: &FindingView) {
    let color = match finding.wire {
        Wire::Breaking => AnsiColor::Red,
        Wire::Risky => AnsiColor::Yellow,
        Wire::Compatible => AnsiColor::Green,
    };
    let style = Style::new().fg_color(Some(color.into())).bold();
    let rule = finding.rule;
    out.push_str(&format!(
        "{style}{}{style:#}[{rule}] {}\n",
        finding.wire,
        visible::text(&finding.headline)
    ));
    let mut line = |title: &str, text: &str| {
        out.push_str(&format!("  {title:<6} {}\n", visible::text(text)));
    };
    line("Rust:", finding.rust.words());
    if let Some(reason) = &finding.waived {
        line("waived", reason);
    }
    if let Some(reach) = finding.reach(FEW) {
        line("in", &format!("{} of {reach}", finding.messages()));
    }
    for (title, places) in [("old:", &finding.old_places), ("new:", &finding.new_places)] {
        for place in places.iter().take(FEW) {
            line(title, &format!("{}{}", place.file_line(), place.within()));
            if let Some(link) = &place.link {
                line("", link);
            }
        }
        if places.len() > FEW {
            line("", &format!("and {} more places", places.len() - FEW));
        }
    }
}
