//! Pages that are pictures: their recognition takes minutes, and holds up nobody's other files.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sharper_testkit::{Server, ServerOptions, TempFolder};

use crate::files::upload;
use crate::stage::program;

/// A `tesseract` that finishes when it is let go.
const SLOW: &str = "#!/bin/sh
here=${0%/*}
case \"$1\" in
  --list-langs) printf 'List of languages:\\neng\\n' ;;
  *) cat > /dev/null; while [ ! -e \"$here/go\" ]; do sleep 0.05; done; echo 'Cells divide.' ;;
esac
";
/// The least that is a picture: one grey pixel.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

#[test]
fn a_scan_that_is_recognised_holds_up_no_other_file() {
    let folder = TempFolder::new();
    let slow = folder.path().join("tesseract");
    fs::write(&slow, SLOW).unwrap();
    fs::set_permissions(&slow, fs::Permissions::from_mode(0o755)).unwrap();
    let settings = folder.path().join("one.toml");
    fs::write(&settings, "[files]\nslots = 1\nslots_per_user = 1\n").unwrap();
    let arguments = ["--config", &settings.display().to_string(), "serve"];
    let options = ServerOptions::new().arguments(&arguments).env("TESSERACT", slow.display().to_string());
    let server = Server::start(program(), options);
    let read = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let scan = scope.spawn(|| {
            let answer = upload(&server.client().with_patience(Duration::from_secs(60)), "page.png", PICTURE);
            assert!(read.load(Ordering::SeqCst), "the scan was not kept waiting: {}", answer.text());
            answer
        });
        // The only slot there is: were it the scan's until that is done, no other file would be read.
        for number in 0..5 {
            let text = format!("Text number {number} is about cells.");
            upload(&server.client(), "a.txt", text.as_bytes()).expect_status(201);
            std::thread::sleep(Duration::from_millis(50));
        }
        read.store(true, Ordering::SeqCst);
        fs::write(folder.path().join("go"), "").unwrap();
        let note = scan.join().unwrap().expect_status(201).json();
        assert_eq!(note["note"]["content"], "Cells divide.\n");
    });
}
