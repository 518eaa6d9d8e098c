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
        self.send_with(client, path, &[])
    }

    fn send_with(self, client: &Client, path: &str, headers: &[(&str, &str)]) -> Response {
        let kind = format!("multipart/form-data; boundary={BETWEEN}");
        let body = [self.0.as_slice(), format!("--{BETWEEN}--\r\n").as_bytes()].concat();
        client.send("POST", path, &[&[("Content-Type", &*kind)], headers].concat(), &body)
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
fn files_become_notes_on_postgresql_too() {
    let database = sharper_testkit::Postgres::database();
    let options = ServerOptions::new().env("DATABASE_URL", &database.url).env("QUOTA_FILES", "3");
    let server = Server::start(program(), options);
    let client = server.client();
    let note = upload(&client, "a.md", TEXT.as_bytes()).expect_status(201).json();
    let again = upload(&client, "a.md", TEXT.as_bytes()).expect_status(200).json();
    assert_eq!(again["note"], note["note"]);
    refused(upload(&client, "a.txt", b""), 422, "file_unreadable", Some("empty"));
    refused(upload(&client, "b.md", b"Another text, about cells."), 429, "daily_limit", None);
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

    // Without a script each is told of on the page, in the language of whoever reads it.
    let german = [("Accept", "text/html"), ("Accept-Language", "de")];
    let page = form().send_with(&client, "/upload", &german).expect_status(200).text();
    for told in [
        "Dateien dieser Art können nicht gelesen werden.",
        "Zu groß: höchstens 100",
        "<bdi>b.bin</bdi>",
        &format!("/notes/{}", body["notes"][1]["id"].as_str().unwrap()),
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let broken = Form::default().file("e.txt", b"").send_with(&client, "/upload", &german).expect_status(422);
    assert!(broken.text().contains("Die Datei ist leer."), "{}", broken.text());
    let good = || Form::default().file("a.txt", b"The first text, about cells.");
    let all = good().file("f.txt", b"The first text, about cells.").send(&client, "/upload");
    assert_eq!(all.expect_status(303).header("location"), Some("/library"));
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

/// Draws a text on a white page, as a scanner sees one.
const DRAW: &str = "
    const canvas = document.createElement('canvas');
    canvas.width = 1700; canvas.height = 2200;
    const pen = canvas.getContext('2d');
    pen.fillStyle = 'white'; pen.fillRect(0, 0, 1700, 2200);
    pen.fillStyle = 'black'; pen.font = '34px serif';
    let line = '', y = 120;
    for (const word of arguments[0].split(/\\s+/)) {
        if (pen.measureText(line + word).width > 1450) { pen.fillText(line, 120, y); line = ''; y += 48; }
        line += word + ' ';
    }
    pen.fillText(line, 120, y);
    return canvas.toDataURL(arguments[1], 0.9).split(',')[1];";

/// A PDF of one page that is this JPEG.
fn scan(picture: &[u8]) -> Vec<u8> {
    let image = format!(
        "<</Type/XObject/Subtype/Image/Width 1700/Height 2200/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode\
         /Length {}>>\nstream\n",
        picture.len()
    );
    let objects: [Vec<u8>; 5] = [
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
            .to_vec(),
        b"<</Length 27>>\nstream\n612 0 0 792 0 0 cm /X Do    \nendstream".to_vec(),
        [image.as_bytes(), picture, b"\nendstream"].concat(),
    ];
    let (mut out, mut places) = (b"%PDF-1.4\n".to_vec(), String::new());
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let table = out.len();
    let tail = format!(
        "xref\n0 6\n0000000000 65535 f \n{places}trailer<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
    );
    out.extend(tail.bytes());
    out
}

/// The share of the words that are in the note.
fn recall(words: &str, note: &str) -> f64 {
    let found: std::collections::HashSet<&str> = note.split_whitespace().collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    words.iter().filter(|word| found.contains(*word)).count() as f64 / words.len() as f64
}

#[test]
fn pages_that_are_pictures_are_read_and_the_note_says_so() {
    let browser = sharper_testkit::Browser::open();
    // Two texts: a user's text is kept once, and both pictures are read without a mistake.
    let [of_page, of_scan] = [1, 3].map(|place| TEXT.split("\n\n").nth(place).unwrap().replace('\n', " "));
    let drawn = |words: &str, kind: &str| {
        use base64::prelude::{BASE64_STANDARD, Engine};
        BASE64_STANDARD.decode(browser.execute(DRAW, &[json!(words), json!(kind)]).as_str().unwrap()).unwrap()
    };
    let (png, pdf) = (drawn(&of_page, "image/png"), scan(&drawn(&of_scan, "image/jpeg")));
    let server = server();
    for (name, bytes, kind, words) in
        [("page.png", &png, "image", &of_page), ("scan.pdf", &pdf, "pdf", &of_scan)]
    {
        let body = upload(&server.client(), name, bytes).expect_status(201).json();
        let recall = recall(words, body["note"]["content"].as_str().unwrap());
        println!("{name}: {:.1}% of the words", recall * 100.0);
        assert!(recall >= 0.95, "{name}: {recall}: {}", body["note"]["content"]);
        assert_eq!(body["note"]["anchors"][0], json!({"at": 0, "kind": "page", "label": "1"}));
        assert!(body["warnings"][0].as_str().unwrap().contains("OCR"), "{body}");
        assert_eq!(body["note"]["origin"]["kind"], kind);
    }
    let without = Server::start(program(), ServerOptions::new().env("TESSERACT", "/nowhere/tesseract"));
    refused(upload(&without.client(), "page.png", &png), 422, "file_unreadable", Some("scanned"));
    refused(upload(&without.client(), "scan.pdf", &pdf), 422, "file_unreadable", Some("scanned"));
}

/// A server of models that answers one request with this transcript.
fn scribe(answer: Value) -> (String, std::thread::JoinHandle<Vec<u8>>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut heard, mut more) = (Vec::new(), [0; 4096]);
        while !heard.ends_with(b"--\r\n") {
            let read = socket.read(&mut more).unwrap();
            assert!(read > 0, "it broke off");
            heard.extend_from_slice(&more[..read]);
        }
        let answer = answer.to_string();
        write!(socket, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}", answer.len()).unwrap();
        heard
    });
    (url, heard)
}

#[test]
fn a_recording_is_written_down_where_a_model_does_that() {
    let wav = [b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".as_slice(), &[7; 9000]].concat();
    refused(upload(&server().client(), "a.wav", &wav), 422, "file_unreadable", Some("no_transcription"));
    let (url, heard) = scribe(json!({"text": "Cells divide.", "duration": 61.0, "segments": [
        {"start": 0.4, "end": 61.0, "text": " Cells divide."}]}));
    let options = ServerOptions::new().env("LLM_BASE_URL", url).env("LLM_TRANSCRIPTION_MODEL", "whisper-1");
    let server = Server::start(program(), options);
    let body = upload(&server.client(), "Lecture 3.wav", &wav).expect_status(201).json();
    assert_eq!(body["note"]["content"], "Cells divide.\n");
    assert_eq!(body["note"]["title"], "Lecture 3");
    assert_eq!(body["note"]["anchors"][0], json!({"at": 0, "kind": "time", "label": "0:00:00"}));
    let heard = heard.join().unwrap();
    assert!(heard.windows(4).any(|four| four == b"RIFF"));
    assert!(!String::from_utf8_lossy(&heard).contains("Lecture 3"), "the name of the file stays here");
}

#[test]
fn so_many_files_of_a_user_are_under_way_and_one_more_comes_back_later() {
    let folder = sharper_testkit::TempFolder::new();
    let settings = folder.path().join("few.toml");
    std::fs::write(&settings, "[files]\nunder_way_per_user = 1\n").unwrap();
    let arguments = ["--config", &settings.display().to_string(), "serve"];
    let server = Server::start(program(), ServerOptions::new().arguments(&arguments));
    // One form is begun and its file does not come.
    let mut slow = std::net::TcpStream::connect(server.address()).unwrap();
    let head = format!(
        "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary={BETWEEN}\r\n\
         Content-Length: 1000\r\n\r\n--{BETWEEN}\r\n"
    );
    std::io::Write::write_all(&mut slow, head.as_bytes()).unwrap();
    let client = server.client();
    let over = (0..500).find_map(|n| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        let answer = upload(&client, "a.txt", format!("Text number {n} is about cells.").as_bytes());
        (answer.status == 429).then_some(answer)
    });
    let over = over.expect("a user with a file under way is told to come back");
    assert_eq!(over.header("retry-after"), Some("5"));
    refused(over, 429, "queue_full", None);
    drop(slow);
    let free = (0..500).any(|n| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        upload(&client, "b.txt", format!("Text number {n} is about tissue.").as_bytes()).status == 201
    });
    assert!(free, "whose form broke off gives its place back");
}

#[test]
fn a_file_is_taken_in_though_its_sender_leaves() {
    let server = server();
    let form = Form::default().file("a.txt", b"Cells are the smallest units of life.").0;
    let body = [form.as_slice(), format!("--{BETWEEN}--\r\n").as_bytes()].concat();
    let head = format!(
        "POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary={BETWEEN}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    // It has to leave after the form was read and before the answer is there: how soon that is depends on the machine.
    let kept = [3, 10, 30, 100, 300, 1_000].into_iter().any(|patience| {
        let mut socket = std::net::TcpStream::connect(server.address()).unwrap();
        std::io::Write::write_all(&mut socket, &[head.as_bytes(), &body].concat()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(patience));
        drop(socket);
        (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(10));
            notes(&server.client()) == 1
        })
    });
    assert!(kept, "the note is there though nobody waited for it");
}
