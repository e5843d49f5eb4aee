//! Pages are read and written on all cores. However many there are, and in
//! whatever order the folder was filled, the result is the same.

use std::{fs, path::Path};

use docwright::{Pages, export, settings::Settings};
use rayon::ThreadPoolBuilder;

/// How many times the pages of `docs-input` are there: enough for each core to
/// get some.
const COPIES: usize = 20;

fn fill(folder: &Path, copies: impl Iterator<Item = usize>) {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs-input");
    for copy in copies {
        for (name, file) in docwright::source::find(&docs).unwrap() {
            let text = fs::read_to_string(file).unwrap();
            let text = text
                .replace("v1Batch_", &format!("v1Batch{copy}_"))
                .replace("/BatchTask", &format!("/BatchTask{copy}"));
            fs::write(folder.join(format!("{copy}-{name}")), text).unwrap();
        }
    }
}

/// The model and the OpenAPI document of a folder, made by this many threads.
fn outputs(folder: &Path, threads: usize) -> [String; 2] {
    let (settings, _) = Settings::for_docs(&[folder.to_owned()]);
    let dialect = settings.dialect().unwrap();
    let pages = Pages {
        docs: vec![folder.to_owned()],
        ..Pages::default()
    };
    let pool = ThreadPoolBuilder::new().num_threads(threads);
    pool.build().unwrap().install(|| {
        let reading = docwright::read(&pages, &dialect, "API").unwrap();
        [
            export::model(&reading.api).unwrap(),
            export::openapi(&reading.api, &reading.samples, "1", Default::default())
                .unwrap()
                .text,
        ]
    })
}

#[test]
fn neither_cores_nor_the_order_of_files_change_the_result() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fill(one.path(), 0..COPIES);
    fill(other.path(), (0..COPIES).rev());
    let [model, openapi] = outputs(one.path(), 1);
    assert!(model.matches("\"uid\"").count() > COPIES);
    for threads in [1, 2, 3, 8] {
        for folder in [&one, &other] {
            let [same_model, same_openapi] = outputs(folder.path(), threads);
            // Not `assert_eq!`: megabytes of JSON tell nobody anything.
            assert!(model == same_model, "the model, {threads} threads");
            assert!(openapi == same_openapi, "OpenAPI, {threads} threads");
        }
    }
}
