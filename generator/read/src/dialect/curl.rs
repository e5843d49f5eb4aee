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
    /// What it sends that isn't in the other fields, in words.
    pub unread: Vec<&'static str>,
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
    let (mut has_body, mut is_upload, mut data) = (false, false, Vec::new());
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
                data.extend(argument());
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
                found.unread.push("a file");
                is_upload = true;
                has_body = true;
            }
            "-I" | "--head" => method = Some("HEAD".to_owned()),
            "--url" => found.url = argument().unwrap_or_default(),
            "-G" | "--get" => is_get = true,
            _ if WITH_ARGUMENT.contains(&option.as_str()) => drop(argument()),
            _ if word.starts_with("-d") => {
                data.extend(word.get(2..).map(str::to_owned));
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
        found.form = None;
        found.unread.extend(has_body.then_some("query parameters"));
    } else {
        found.add_data(&data);
    }
    let default = match (has_body && !is_get, is_upload) {
        (true, true) => "PUT",
        (true, false) => "POST",
        (false, _) => "GET",
    };
    found.method = method.unwrap_or_else(|| default.to_owned());
    (!found.url.is_empty()).then_some(found)
}

impl Command {
    /// The data of all options, which curl joins: of a file, of a form, or the body itself.
    fn add_data(&mut self, data: &[String]) {
        let is_type = |(name, _): &(String, String)| name.eq_ignore_ascii_case("content-type");
        if data.is_empty() {
        } else if data.iter().any(|it| it.starts_with('@')) {
            self.unread.push("a file");
        } else if self.form.is_none()
            && !self.headers.iter().any(is_type)
            && data.iter().all(|it| are_fields(it))
        {
            self.form = Some(URLENCODED);
            self.unread.push("the fields of a form");
        } else {
            self.body = Some(data.join("&"));
        }
    }
}

/// Whether data are fields of a form: `name=Elin&berth[]=7`.
fn are_fields(data: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "_-.[]".contains(c);
    data.split('&').all(|field| {
        let name = field.split_once('=').map_or("", |(name, _)| name);
        !name.is_empty() && name.chars().all(is_sign)
    })
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

    #[test]
    fn what_is_not_read_of_a_command_is_named() {
        let found = |options: &str| {
            let found = command(&format!("curl {options} https://h.example/a")).unwrap();
            (found.form, found.body, found.unread.join(", "))
        };
        let unread = |what: &str| (None, None, what.to_owned());
        assert_eq!(found("-T log.pdf"), unread("a file"));
        assert_eq!(found("--data-binary @log.bin"), unread("a file"));
        assert_eq!(found("-G -d q=tug"), unread("query parameters"));
        let (form, body, rest) = found("-d name=Elin -d 'berth[]=7&quay=2'");
        assert_eq!((form, body), (Some(URLENCODED), None));
        assert_eq!(rest, "the fields of a form");
        let json = Some("{\"a\": \"b=c\"}".to_owned());
        assert_eq!(found("-d '{\"a\": \"b=c\"}'"), (None, json, String::new()));
    }
}
