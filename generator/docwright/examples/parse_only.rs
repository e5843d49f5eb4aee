//! `parse_only FOLDER`: reads the pages below a folder and runs the parser of
//! their form over each, on one core: the time below which reading pages cannot
//! come. `benches/whole.sh` compares whole runs with it.

use std::{env, fs, hint::black_box, path::Path, process::ExitCode};

use docwright::source;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: parse_only FOLDER");
        return ExitCode::from(2);
    };
    let files = match source::find(Path::new(&folder)) {
        Ok(files) => files,
        Err(error) => {
            eprintln!("{}: {}", error.path.display(), error.error);
            return ExitCode::from(2);
        }
    };
    for (path, file) in files {
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        };
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("md") => {
                let options = pulldown_cmark::Options::ENABLE_TABLES;
                let parser = pulldown_cmark::Parser::new_ext(&text, options);
                black_box(parser.into_offset_iter().count());
            }
            Some("html") => {
                black_box(scraper::Html::parse_document(&text));
            }
            // Page text has no parser but docwright's.
            _ => {
                black_box(text);
            }
        }
    }
    ExitCode::SUCCESS
}
