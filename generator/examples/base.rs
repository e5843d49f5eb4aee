use std::time::Instant;
fn main() {
    let load = |name: &str| -> Vec<String> {
        let root = std::path::PathBuf::from("/work/shared/corpus/superoffice").join(name);
        docwright::source::find(&root)
            .unwrap()
            .iter()
            .map(|(p, f)| docwright::source::read(p, f).unwrap().text)
            .collect()
    };
    let (md, html) = (load("v10.2.2"), load("v10.2.2-html"));
    let mode = std::env::args().nth(1).unwrap_or_default();
    let pages = |t: &[String], f| -> Vec<_> {
        t.iter()
            .map(|t| docwright::source::Page::new("x", f, t.as_str()))
            .collect()
    };
    let (pm, ph) = (
        pages(&md, docwright::source::Form::Markdown),
        pages(&html, docwright::source::Form::Html),
    );
    for _ in 0..5 {
        let t = Instant::now();
        match mode.as_str() {
            "md" => {
                for p in &pm {
                    std::hint::black_box(docwright::document::read_markdown(p));
                }
            }
            "html" => {
                for p in &ph {
                    std::hint::black_box(docwright::document::read_html(
                        p,
                        &["article#_content"],
                        &["div.tooltip", "div.readingtime"],
                    ));
                }
            }
            "pull" => {
                for p in &md {
                    std::hint::black_box(
                        pulldown_cmark::Parser::new_ext(p, pulldown_cmark::Options::ENABLE_TABLES)
                            .into_offset_iter()
                            .count(),
                    );
                }
            }
            "scraper" => {
                for p in &html {
                    std::hint::black_box(scraper::Html::parse_document(p));
                }
            }
            _ => {}
        }
        println!("{mode} {:.1?}", t.elapsed());
    }
    return;
    #[allow(unreachable_code)]
    for _ in 0..4 {
        let t = Instant::now();
        let n: usize = md
            .iter()
            .map(|m| {
                pulldown_cmark::Parser::new_ext(m, pulldown_cmark::Options::ENABLE_TABLES)
                    .into_offset_iter()
                    .count()
            })
            .sum();
        let a = t.elapsed();
        let t = Instant::now();
        let m: usize = html
            .iter()
            .map(|h| scraper::Html::parse_document(h).tree.values().count())
            .sum();
        println!("{n} {a:.1?} {m} {:.1?}", t.elapsed());
    }
}
