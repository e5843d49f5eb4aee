//! Rules about the output folder.

super::rules! { Output;
OUTPUT_NOT_A_FOLDER = "output-not-a-folder", Error {
    meaning: "the output folder is a file",
    explanation: "The generated crate needs a folder.",
    help: "name another folder with `--out`, or move the file away",
}
OUTPUT_FOREIGN_FILE = "output-foreign-file", Error {
    meaning: "a file that docwright would replace was not made by docwright",
    explanation: "Docwright replaces only files that its manifest in the output folder lists. \
                  Nothing was written.",
    help: "move it away or name another folder with `--out`",
}
OUTPUT_LINK = "output-link", Error {
    meaning: "a symbolic link is in the way",
    explanation: "A link may lead out of the output folder. Nothing was written.",
    help: "remove the link; docwright writes plain files and folders only",
}
OUTPUT_NOT_READABLE = "output-not-readable", Error {
    meaning: "the output folder cannot be read",
    explanation: "Docwright has to know what is there before it replaces files.",
    help: "name another folder with `--out`, or make this one readable",
}
OUTPUT_NOT_WRITABLE = "output-not-writable", Error {
    meaning: "the output cannot be written",
    explanation: "Either all files are written or none; the folder is as it was.",
    help: "name another place; nothing was changed",
}
TEMPLATE = "template", Error {
    meaning: "a template of docwright failed",
    explanation: "This is a mistake in docwright, not in the pages.",
    help: "this is a mistake in docwright, not in the pages",
}
}
