//! Files that are sent: what becomes of them, told to whoever sent them.

use serde_json::{Value, json};
use sharper_testkit::{Client, Response, Server, ServerOptions};

use crate::stage::{TEXT, program, server};

/// What stands between the parts of a form here.
const BETWEEN: &str = "----a-line-that-no-file-holds";

/// A form of fields and files.
#[derive(Default)]
pub(crate) struct Form(Vec<u8>);

impl Form {
    pub(crate) fn field(mut self, name: &str, text: &str) -> Self {
        let head = format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        self.0.extend([head.as_bytes(), text.as_bytes(), b"\r\n"].concat());
        self
    }

    pub(crate) fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        let head = format!(
            "--{BETWEEN}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        self.0.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        self
    }

    pub(crate) fn send(self, client: &Client, path: &str) -> Response {
        let kind = format!("multipart/form-data; boundary={BETWEEN}");
        let body = [self.0.as_slice(), format!("--{BETWEEN}--\r\n").as_bytes()].concat();
        client.send("POST", path, &[("Content-Type", &kind)], &body)
    }
}

pub(crate) fn upload(client: &Client, name: &str, bytes: &[u8]) -> Response {
    Form::default().file(name, bytes).send(client, "/api/upload")
}

#[track_caller]
fn refused(answer: Response, status: u16, code: &str, fault: Option<&str>) {
    let body = answer.expect_status(status).json();
    assert_eq!((body["code"].as_str(), body["fault"].as_str()), (Some(code), fault), "{body}");
    assert!(body["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{body}");
}

fn notes(client: &Client) -> Value {
    client.get("/api/notes").expect_status(200).json()["total"].clone()
}

#[test]
fn a_file_becomes_a_note_that_tells_where_it_is_from() {
    let server = server();
    let client = server.client();
    let answer = upload(&client, "Immune_disruptions 1.md", TEXT.as_bytes()).expect_status(201);
    let body = answer.json();
    let id = body["note"]["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(&*format!("/api/notes/{id}")));
    assert_eq!(body["note"]["origin"]["name"], "Immune_disruptions 1.md");
    assert_eq!(body["note"]["origin"]["bytes"], TEXT.len());
    assert_eq!(body["warnings"], json!([]));
    let kept = client.get(&format!("/api/notes/{id}")).expect_status(200).json();
    assert_eq!(kept["note"], body["note"]);

    // The same file again, under another name, is the note that is there.
    let again = upload(&client, "copy.md", TEXT.as_bytes()).expect_status(200).json();
    assert_eq!(again["note"]["id"], id);
    assert_eq!(notes(&client), 1);
}

#[test]
fn title_folder_and_user_of_a_form_count() {
    let server = server();
    let client = server.client();
    let folder =
        client.post("/api/folders", &json!({"name": "Biology", "user_id": "ada"})).expect_status(201).json();
    let folder = folder["folder"]["id"].as_str().unwrap();
    let form = || Form::default().field("user_id", "ada").field("title", " Enzymes ");
    let body = form().field("folder_id", folder).file("e.txt", b"Enzymes are catalysts.");
    let body = body.send(&client, "/api/upload").expect_status(201).json();
    assert_eq!(
        (body["note"]["title"].as_str(), body["note"]["folder_id"].as_str()),
        (Some("Enzymes"), Some(folder))
    );
    assert_eq!(body["note"]["user_id"], "ada");
    // A field behind the only file counts too.
    let late = Form::default().file("f.txt", b"Folding gives a protein its shape.").field("title", "Folding");
    let late = late.send(&client, "/api/upload").expect_status(201).json();
    assert_eq!(late["note"]["title"], "Folding");

    let foreign =
        Form::default().field("folder_id", folder).file("g.txt", b"Another text, of somebody else.");
    refused(foreign.send(&client, "/api/upload"), 404, "not_found", None);
    let wrong = Form::default().field("folder_id", "7").file("g.txt", b"Another text, of somebody else.");
    refused(wrong.send(&client, "/api/upload"), 422, "invalid_request", None);
}

#[test]
fn what_is_no_file_of_a_kind_that_is_read_is_told_so() {
    let server = Server::start(program(), ServerOptions::new().env("UPLOAD_BYTES", "100000"));
    let client = server.client();
    refused(upload(&client, "a.pdf", b""), 422, "file_unreadable", Some("empty"));
    refused(
        upload(&client, "a.pdf", b"\x7fELF\x02\x01\x01\x00\x00\x00"),
        415,
        "unsupported_media_type",
        Some("unsupported"),
    );
    refused(upload(&client, "a.txt", &vec![b'a'; 100_001]), 413, "payload_too_large", None);
    refused(Form::default().field("title", "x").send(&client, "/api/upload"), 422, "invalid_request", None);
    let plain = client.send("POST", "/api/upload", &[("Content-Type", "application/pdf")], b"%PDF-1.7");
    refused(plain, 415, "unsupported_media_type", None);
    let cut = format!("multipart/form-data; boundary={BETWEEN}");
    let cut = client.send(
        "POST",
        "/api/upload",
        &[("Content-Type", &cut)],
        b"------a-line-that-no-file-holds\r\nCont",
    );
    refused(cut, 422, "invalid_request", None);
    assert_eq!(notes(&client), 0);
}

#[test]
fn several_files_are_told_of_one_by_one() {
    let server = Server::start(program(), ServerOptions::new().env("UPLOAD_BYTES", "100000"));
    let client = server.client();
    let form = || {
        Form::default()
            .file("a.txt", b"The first text, about cells.")
            .file("b.bin", b"\x7fELF\x02\x01\x01\x00\x00\x00")
            .file("c.txt", &[b'c'; 100_001])
            .file("d.txt", "Der vierte Text, \u{fc}ber Zellen.".as_bytes())
    };
    let body = form().send(&client, "/api/upload").expect_status(200).json();
    assert_eq!((&body["count"], &body["refused"]), (&json!(2), &json!(2)), "{body}");
    let outcomes: Vec<&str> =
        body["files"].as_array().unwrap().iter().map(|f| f["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["read", "refused", "refused", "read"]);
    assert_eq!(
        (&body["files"][1]["fault"], &body["files"][2]["code"]),
        (&json!("unsupported"), &json!("payload_too_large"))
    );
    assert_eq!(body["files"][3]["note_id"], body["notes"][1]["id"]);

    let page = form().send(&client, "/upload").expect_status(303);
    assert_eq!(page.header("location"), Some("/library?added=2&refused=2"));
    let one = Form::default().file("a.txt", b"The first text, about cells.").send(&client, "/upload");
    let place = format!("/notes/{}", body["notes"][0]["id"].as_str().unwrap());
    assert_eq!(one.expect_status(303).header("location"), Some(&*place));
    assert_eq!(notes(&client), 2);
}

#[test]
fn a_user_sends_so_many_files_a_day_and_forms_a_minute() {
    let options = ServerOptions::new().env("QUOTA_FILES", "2");
    let server = Server::start(program(), options);
    let client = server.client();
    upload(&client, "a.txt", b"The first text, about cells.").expect_status(201);
    upload(&client, "b.bin", b"\x7fELF\x02\x01\x01\x00\x00\x00").expect_status(415);
    let over = upload(&client, "c.txt", b"The third text, about tissue.");
    assert!(over.header("retry-after").is_some());
    refused(over, 429, "daily_limit", None);

    let options = ServerOptions::new().usual_limits().env("RATE_LIMIT_UPLOAD", "1");
    let server = Server::start(program(), options);
    upload(&server.client(), "a.txt", b"The first text, about cells.").expect_status(201);
    let over = upload(&server.client(), "b.txt", b"The second text, about cells.").expect_status(429);
    assert_eq!(over.json()["detail"], "1 per 1 minute");
}
