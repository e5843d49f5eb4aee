fn main() {
    let t = "<h2>Same".repeat(100000) + "end";
    let p = docwright::source::Page::new("x", docwright::source::Form::Html, t);
    let s = std::time::Instant::now();
    let d = docwright::document::read_html(&p, &["article"], &["x"]);
    eprintln!("read {:?}", s.elapsed());
    let s = std::time::Instant::now();
    d.dump(&p);
    eprintln!("dump {:?}", s.elapsed());
    let s = std::time::Instant::now();
    docwright::document::prose(&d.blocks);
    eprintln!("prose {:?}", s.elapsed());
}
