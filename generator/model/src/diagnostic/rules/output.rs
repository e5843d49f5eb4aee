//! Rules about the output folder.

super::rules! { Output;
OUTPUT_NOT_A_FOLDER = "output-not-a-folder", Error {
    meaning: "the output folder is a file",
    explanation: "The generated crate needs a folder.",
    help: "name another folder with `--out`, or move the file away",
}
OUTPUT_FOREIGN_FILE = "output-foreign-file", Error {
    meaning: "a file is in the way that docwright didn't create",
    explanation: "Docwright replaces only files that its manifest in the output folder lists. \
                  Nothing was written.",
    help: "move the file away, or name another folder with `--out`",
}
OUTPUT_LINK = "output-link", Error {
    meaning: "a symbolic link is in the way",
    explanation: "A link may lead out of the output folder. Nothing was written.",
    help: "remove the link; docwright writes plain files and folders only",
}
OUTPUT_NOT_READABLE = "output-not-readable", Error {
    meaning: "the output folder cannot be read",
    explanation: "Docwright must know the folder's content before it replaces files.",
    help: "name another folder with `--out`, or make this one readable",
}
OUTPUT_NOT_WRITABLE = "output-not-writable", Error {
    meaning: "the output cannot be written",
    explanation: "Either all files are written or none; the folder is unchanged.",
    help: "name another folder with `--out`; nothing was changed",
}
TEMPLATE = "template", Error {
    meaning: "a template of docwright failed",
    explanation: "The mistake is in docwright's code or templates, not in the pages.",
    help: "if you edited a template, fix it; otherwise please report this as a bug in docwright",
}
}
