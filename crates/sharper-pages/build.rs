//! Embeds everything under `assets/`: bytes, content type, SHA-256 tag and, for text, a Brotli variant.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=assets");
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")).join("assets");
    let out = PathBuf::from(variable("OUT_DIR"));
    let mut files = Vec::new();
    walk(&root, &mut files)?;
    files.sort();

    let mut table = String::from("&[\n");
    let mut all = Sha256::new();
    for (index, file) in files.iter().enumerate() {
        let bytes = fs::read(file)?;
        let path = web_path(&root, file);
        let content_type = content_type(&path);
        all.update(path.as_bytes());
        all.update(&bytes);
        let brotli = if content_type.starts_with("font/") {
            // WOFF2 is compressed with Brotli inside already.
            "None".to_owned()
        } else {
            let packed = format!("{index}.br");
            fs::write(out.join(&packed), brotli(&bytes)?)?;
            format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{packed}\")))")
        };
        let tag = hex(&Sha256::digest(&bytes)[..16]);
        // Not by its place on this machine: a cache of builds may be used for another checkout.
        let file = format!("concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/assets/{path}\")");
        writeln!(
            table,
            "({path:?}, Asset {{ bytes: include_bytes!({file}), brotli: {brotli}, \
             content_type: {content_type:?}, etag: \"\\\"{tag}\\\"\", immutable: false }}),"
        )
        .map_err(io::Error::other)?;
    }
    table.push(']');
    fs::write(out.join("assets.rs"), table)?;
    // The address of every text file starts with this, so a relative import finds the version it was made with.
    println!("cargo:rustc-env=ASSETS_EDITION={}", hex(&all.finalize()[..6]));
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "this is how cargo tells a build script where things are")]
fn variable(name: &str) -> String {
    std::env::var(name).expect("cargo sets this for every build script")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn web_path(root: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(root).expect("the walk starts at the root");
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
