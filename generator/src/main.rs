fn main() {
    let dialect = docwright::dialect::Dialect::built_in("superoffice")
        .unwrap()
        .unwrap();
    let docs: Vec<_> = std::env::args().skip(1).map(Into::into).collect();
    let reading = docwright::read(&docs, &dialect, "x").unwrap();
    println!("{}", serde_json::to_string_pretty(&reading.api).unwrap());
    let mut counts = std::collections::BTreeMap::new();
    for d in &reading.diagnostics {
        let n = counts.entry(d.rule).or_insert(0);
        *n += 1;
        if *n <= 3 {
            eprintln!(
                "{:?} {} {}:{} {}",
                d.severity, d.rule, d.place.file, d.place.line, d.message
            );
        }
    }
    eprintln!("{counts:#?} {:#?}", reading.ledger);
    eprintln!(
        "{} ops {} schemas",
        reading.api.operations.len(),
        reading.api.schemas.len()
    );
}
