//! Commands that send a request: `curl -X POST https://host/path -d '…'`.

/// What such a command sends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// The method, in capitals.
    pub method: String,
    /// The address.
    pub url: String,
    /// Header fields, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<String>,
    /// The media type of the form that it sends, if any.
    pub form: Option<&'static str>,
    /// The names of the form's parts whose values are files.
    pub files: Vec<String>,
}

/// A form with files in it (RFC 7578).
const MULTIPART: &str = "multipart/form-data";
/// A form of texts.
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Options of curl with an argument that don't affect the request.
const WITH_ARGUMENT: [&str; 24] = [
    "-u",
    "--user",
    "-o",
    "--output",
    "-e",
    "--referer",
    "-x",
    "--proxy",
    "-w",
    "--write-out",
    "-c",
    "--cookie-jar",
    "-E",
    "--cert",
    "--key",
    "--cacert",
    "--connect-timeout",
    "--retry",
    "-b",
    "--cookie",
    "-m",
    "--max-time",
    "-A",
    "--user-agent",
];

/// Reads the first command in a block of code that begins with one.
pub fn command(code: &str) -> Option<Command> {
    let code = code.trim_start();
    let code = code.strip_prefix("$ ").unwrap_or(code);
    if !code.starts_with("curl") {
        return None;
    }
    let mut words = shlex::split(&in_whole_lines(code))?.into_iter().skip(1);
    let (mut found, mut method, mut is_get) = (Command::default(), None, false);
    let (mut has_body, mut is_upload) = (false, false);
    while let Some(word) = words.next() {
        let (option, inline) = match word.split_once('=') {
            Some((option, value)) if option.starts_with("--") => {
                (option.to_owned(), Some(value.to_owned()))
            }
            _ => (word.clone(), None),
        };
        let mut argument = || inline.clone().or_else(|| words.next());
        match option.as_str() {
            "curl" => break,
            "-X" | "--request" => method = argument(),
            "-H" | "--header" => found.headers.extend(argument().and_then(|it| header(&it))),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" => {
                found.body = argument().filter(|it| !it.starts_with('@'));
                has_body = true;
            }
            // The command refers to or encodes the data, so it isn't the body as sent.
            "-F" | "--form" | "--form-string" => {
                let part = argument();
                // In the last of these, `@` is a sign like any other.
                let file = part.filter(|_| option != "--form-string");
                found.files.extend(file.and_then(|it| file_part(&it)));
                found.form = Some(MULTIPART);
                has_body = true;
            }
            "--data-urlencode" => {
                drop(argument());
                found.form.get_or_insert(URLENCODED);
                has_body = true;
            }
            "-T" | "--upload-file" => {
                drop(argument());
                is_upload = true;
                has_body = true;
            }
            "-I" | "--head" => method = Some("HEAD".to_owned()),
            "--url" => found.url = argument().unwrap_or_default(),
            "-G" | "--get" => is_get = true,
            _ if WITH_ARGUMENT.contains(&option.as_str()) => drop(argument()),
            _ if word.starts_with("-d") => {
                found.body = word.get(2..).map(str::to_owned);
                has_body = true;
            }
            _ if word.starts_with("-X") => method = word.get(2..).map(str::to_owned),
            _ if word.starts_with('-') => {}
            _ if found.url.is_empty() && word.contains('/') => found.url = word,
            _ => {}
        }
    }
    if is_get {
        // Then the data are the query.
        (found.body, found.form) = (None, None);
    }
    let default = match (has_body && !is_get, is_upload) {
        (true, true) => "PUT",
        (true, false) => "POST",
        (false, _) => "GET",
    };
    found.method = method.unwrap_or_else(|| default.to_owned());
    (!found.url.is_empty()).then_some(found)
}

/// The code with lines that end with a backslash joined to the next one, where a command
/// goes on.
fn in_whole_lines(code: &str) -> String {
    let mut text = String::new();
    for line in code.lines() {
        match line.trim_end().strip_suffix('\\') {
            Some(line) => text.extend([line, " "]),
            None => text.extend([line, "\n"]),
        }
    }
    text
}

/// The name of a part whose value is a file: `file=@photo.png;type=image/png`.
fn file_part(part: &str) -> Option<String> {
    let (name, value) = part.split_once('=')?;
    let is_file = value.trim_start_matches('"').starts_with('@');
    is_file.then(|| name.trim().to_owned())
}

fn header(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once(':')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_tells_method_address_and_body() {
        let found = command(
            "curl -s -H \"Accept: a/b\" \\\n  -X PUT \"https://h.example/boats/{id}\" \\\n  -d '{ \"a\": 1 }'\n",
        );
        let found = found.unwrap();
        assert_eq!(
            (found.method.as_str(), found.url.as_str()),
            ("PUT", "https://h.example/boats/{id}")
        );
        assert_eq!(found.headers, [("Accept".to_owned(), "a/b".to_owned())]);
        assert_eq!(found.body.as_deref(), Some("{ \"a\": 1 }"));
        let method = |code| command(code).map(|it| it.method);
        assert_eq!(method("curl https://h.example/a"), Some("GET".into()));
        assert_eq!(
            method("$ curl --data=x https://h.example/a"),
            Some("POST".into())
        );
        assert_eq!(
            method("curl -F file=@a.png https://h.example/a"),
            Some("POST".into())
        );
        assert_eq!(
            method("curl -T a.png https://h.example/a"),
            Some("PUT".into())
        );
        let form = |code| {
            command(code)
                .map(|it| (it.form, it.files.join(" ")))
                .unwrap()
        };
        assert_eq!(
            form("curl -F name=Elin -F 'sail=@s.png;type=image/png' https://h.example/a"),
            (Some(MULTIPART), "sail".to_owned())
        );
        assert_eq!(
            form("curl --form \"file=@/tmp/a.png\" https://h.example/a"),
            (Some(MULTIPART), "file".to_owned())
        );
        assert_eq!(
            form("curl --form-string name=@Elin https://h.example/a"),
            (Some(MULTIPART), String::new())
        );
        assert_eq!(
            form("curl --data-urlencode \"name=Elin B\" https://h.example/a").0,
            Some(URLENCODED)
        );
        assert_eq!(
            form("curl -G --data-urlencode n=E https://h.example/a").0,
            None
        );
        let body = |code| command(code).and_then(|it| it.body);
        assert_eq!(body("curl -G -d a=1 https://h.example/a"), None);
        assert_eq!(body("curl -d @boat.json https://h.example/a"), None);
        assert_eq!(method("wget https://h.example/a"), None);
    }
}
