//! Constructs of pages, and pages around them.

use docwright::source::Form;

/// The bytes of a construct at 8n. It is little, as all this runs fifty times slower
/// than it does else; a count of instructions is exact.
const MOST: usize = 8 << 10;

type Pages = dyn Fn(usize) -> Vec<String> + Send + Sync;

/// A construct: its name, the form of its pages, the pages with about this many bytes
/// of it, and how many bytes there are at most.
pub struct Construct {
    pub name: String,
    pub form: Form,
    pub pages: Box<Pages>,
    pub most: usize,
}

impl Construct {
    /// With more bytes than others: up to some, one by one is quicker than what is done
    /// beyond.
    pub fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }
}

/// A construct of one page.
pub fn construct(
    name: impl Into<String>,
    form: Form,
    page: impl Fn(usize) -> String + Send + Sync + 'static,
) -> Construct {
    Construct {
        name: name.into(),
        form,
        pages: Box::new(move |bytes| vec![page(bytes)]),
        most: MOST,
    }
}

pub fn markdown(words: &str, rows: &str) -> String {
    format!(
        "# GET Boat\n\n```http\nGET /api/v1/Boat\n```\n\n{words}\n\n## Response: object\n\n\
         | Response | Description |\n|---|---|\n| 200 | OK |\n\n### Response body: object\n\n\
         | Property Name | Type | Description |\n|---|---|---|\n{rows}\n"
    )
}

pub fn html(words: &str, rows: &str) -> String {
    format!(
        "<article id=\"_content\"><h1>GET Boat</h1><pre><code class=\"lang-http\">GET /api/v1/Boat\
         </code></pre><p>{words}</p><h2>Response: object</h2><table><tr><th>Response\
         <th>Description<tr><td>200<td>OK</table><h3>Response body: object</h3><table><tr>\
         <th>Property Name<th>Type<th>Description{rows}</table></article>"
    )
}

pub fn text(words: &str, rows: &str) -> String {
    format!(
        "Show / Hide Table of Contents\nGET Boat\nGET /api/v1/Boat\n{words}\nResponse:object\nOK\n\
         Response body: object\nProperty Name Type Description\n{rows}\n"
    )
}

/// As many of something numbered as make this many bytes.
pub fn numbered(bytes: usize, one: impl Fn(usize) -> String) -> String {
    let size = one(1000).len();
    (0..bytes / size).map(one).collect()
}

pub fn nested(bytes: usize, open: &str, close: &str) -> String {
    let depth = bytes / (open.len() + close.len());
    format!("{}x{}", open.repeat(depth), close.repeat(depth))
}

pub fn sample(json: &str) -> String {
    let head = markdown("w", "| a | string | w |\n");
    format!(
        "{head}\n## Sample response\n\n```http_\nHTTP/1.1 200 OK\nContent-Type: application/json\n\n\
         {json}\n```\n"
    )
}
