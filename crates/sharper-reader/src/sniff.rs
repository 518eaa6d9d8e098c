//! What a file is, told by its content; its name only settles what content leaves open.

use sharper_domain::{FileFault, FileKind};
use sharper_exchange::archive::{self, Archive};

use crate::archive::MOST_ENTRIES;
use crate::{encoding, subtitles, table};

/// What a file is.
///
/// # Errors
/// `Empty`, `Encrypted`, `Damaged`, or `Unsupported` with what it seems to be.
pub(crate) fn kind_of(bytes: &[u8], name: &str) -> Result<FileKind, FileFault> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(FileFault::Empty);
    }
    // A PDF may have something before it (ISO 32000-1, annex H.3.4.1).
    let head = &bytes[..bytes.len().min(1_024)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return in_archive(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(compound(bytes));
    }
    if let Some(kind) = media(bytes) {
        return Ok(kind);
    }
    match foreign(bytes) {
        Some(found) => Err(FileFault::Unsupported { found: Some(found.to_owned()) }),
        None => of_text(bytes, name),
    }
}

/// What an archive is, by the parts in it.
fn in_archive(bytes: &[u8]) -> Result<FileKind, FileFault> {
    // Only names and one short part are looked at.
    let mut archive = Archive::open(bytes, 4_096, archive::MOST_OF_ANY)?;
    let other = |found: &str| Err(FileFault::Unsupported { found: Some(found.to_owned()) });
    if ["collection.anki2", "collection.anki21", "collection.anki21b"].iter().any(|name| archive.has(name)) {
        return Ok(FileKind::Apkg);
    }
    if archive.names().count() > MOST_ENTRIES {
        return Err(FileFault::TooMuch);
    }
    if let Some(kind) = archive.part("mimetype").ok().flatten() {
        match String::from_utf8_lossy(&kind).trim() {
            "application/epub+zip" => return Ok(FileKind::Epub),
            "application/vnd.oasis.opendocument.text"
            | "application/vnd.oasis.opendocument.text-template" => return Ok(FileKind::Odt),
            "application/vnd.oasis.opendocument.presentation" => return Ok(FileKind::Odp),
            "application/vnd.oasis.opendocument.spreadsheet" => return other("a spreadsheet, ODS"),
            _ => {}
        }
    }
    if archive.has("META-INF/container.xml") {
        return Ok(FileKind::Epub);
    }
    if archive.has("[Content_Types].xml") {
        let has = |prefix: &str| archive.names().any(|name| name.starts_with(prefix));
        return match (has("word/"), has("ppt/"), has("xl/")) {
            (true, ..) => Ok(FileKind::Docx),
            (_, true, _) => Ok(FileKind::Pptx),
            (.., true) => other("a spreadsheet, XLSX"),
            _ => other("an Office file"),
        };
    }
    let found = if archive.has("AndroidManifest.xml") || archive.has("META-INF/MANIFEST.MF") {
        "a program"
    } else if archive.names().any(|name| name.ends_with(".iwa")) {
        "a document of Apple Pages, Keynote or Numbers"
    } else {
        "an archive, ZIP"
    };
    other(found)
}

/// A compound file (MS-CFB): Office before 2007, or a new file behind a password.
fn compound(bytes: &[u8]) -> FileFault {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        return FileFault::Encrypted;
    }
    let found = if holds("WordDocument") {
        "an old Word document, DOC; save it as DOCX"
    } else if holds("PowerPoint Document") {
        "an old presentation, PPT; save it as PPTX"
    } else if holds("Workbook") || holds("Book") {
        "an old spreadsheet, XLS"
    } else {
        "an old Office file"
    };
    FileFault::Unsupported { found: Some(found.to_owned()) }
}

/// Pictures and recordings.
fn media(bytes: &[u8]) -> Option<FileKind> {
    let at = |offset: usize, mark: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    let image = at(0, b"\x89PNG\r\n\x1a\n")
        || at(0, b"\xff\xd8\xff")
        || at(0, b"II*\0")
        || at(0, b"MM\0*")
        || (at(0, b"RIFF") && at(8, b"WEBP"));
    // ISO base media: the brand says whether it is sound; `qt` and `mp4x` hold recordings too.
    let sound_box = at(4, b"ftyp")
        && [&b"M4A "[..], b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash"]
            .iter()
            .any(|brand| at(8, brand));
    let frame = matches!(bytes, [0xff, second, third, ..] if second & 0xe0 == 0xe0 && (second >> 1) & 3 != 0 && *second != 0xff && third >> 4 != 0xf && *second != 0xfe);
    let audio = at(0, b"ID3")
        || (at(0, b"RIFF") && at(8, b"WAVE"))
        || at(0, b"OggS")
        || at(0, b"fLaC")
        || at(0, b"\x1a\x45\xdf\xa3")
        || sound_box
        || frame;
    if image { Some(FileKind::Image) } else { audio.then_some(FileKind::Audio) }
}

/// Kinds that are known and not read.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 22] = [
        (b"{\\rtf", "rich text, RTF; save it as DOCX"),
        (b"GIF8", "a picture, GIF"),
        (b"BM", "a picture, BMP"),
        (b"MZ", "a program"),
        (b"\x7fELF", "a program"),
        (b"\xfe\xed\xfa", "a program"),
        (b"\xcf\xfa\xed\xfe", "a program"),
        (b"\xca\xfe\xba\xbe", "a program"),
        (b"Rar!", "an archive, RAR"),
        (b"7z\xbc\xaf", "an archive, 7z"),
        (b"\x1f\x8b", "an archive, GZIP"),
        (b"BZh", "an archive, BZIP2"),
        (b"\xfd7zXZ", "an archive, XZ"),
        (b"\x28\xb5\x2f\xfd", "an archive, ZSTD"),
        (b"SQLite format 3\0", "a database"),
        (b"%!PS", "PostScript; save it as PDF"),
        (b"AT&TFORM", "a scanned book, DjVu; save it as PDF"),
        (b"FWS", "a Flash film"),
        (b"wOFF", "a font"),
        (b"\0\x01\0\0", "a font"),
        (b"ITSF", "a help file, CHM"),
        (b"<svg", "a drawing, SVG"),
    ];
    if bytes.get(60..68).is_some_and(|mark| mark == b"BOOKMOBI") {
        return Some("a Kindle book; save it as EPUB");
    }
    if bytes.get(4..8).is_some_and(|mark| mark == b"ftyp") {
        let heic =
            bytes.get(8..12).is_some_and(|brand| matches!(brand, b"heic" | b"heix" | b"mif1" | b"avif"));
        return Some(if heic { "a picture, HEIC; save it as JPEG" } else { "a film" });
    }
    // Two letters alone also begin notes ("BM", "MZ"): such a file must hold a zero byte as well.
    let binary = bytes[..bytes.len().min(512)].contains(&0);
    MARKS
        .iter()
        .find(|(mark, _)| bytes.starts_with(mark) && (mark.len() > 3 || !mark.is_ascii() || binary))
        .map(|(_, found)| *found)
}

/// The ending of a name, in small letters.
pub(crate) fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

fn of_text(bytes: &[u8], name: &str) -> Result<FileKind, FileFault> {
    // Enough to tell, and never cut in the middle of a character of a short one.
    let head = &bytes[..bytes.len().min(1 << 16)];
    let Some((text, _)) = encoding::decode(head, None) else {
        return Err(FileFault::Unsupported { found: None });
    };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower: String = text.chars().take(2_048).collect::<String>().to_lowercase();
    if text.starts_with("WEBVTT") {
        return Ok(FileKind::Vtt);
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first_two = [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()];
    if first_two.iter().any(|line| subtitles::times(line).is_some()) {
        return Ok(FileKind::Srt);
    }
    if text.starts_with('{')
        && (text.contains("\"cells\"") || text.contains("\"worksheets\"") || text.contains("\"nbformat\""))
    {
        return Ok(FileKind::Notebook);
    }
    if lower.starts_with("<svg") || (lower.starts_with("<?xml") && lower.contains("<svg")) {
        return Err(FileFault::Unsupported { found: Some("a drawing, SVG".to_owned()) });
    }
    let opens = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| lower.starts_with(tag));
    if opens || (lower.starts_with("<!--") || lower.starts_with("<?xml")) && lower.contains("<html") {
        return Ok(FileKind::Html);
    }
    let has_tags =
        ["</p>", "</div>", "</h1>", "</table>", "</li>", "<br"].iter().any(|tag| lower.contains(tag));
    Ok(match ending(name).as_str() {
        "html" | "htm" | "xhtml" if has_tags => FileKind::Html,
        "md" | "markdown" | "mkd" | "qmd" | "rmd" => FileKind::Markdown,
        "csv" | "tsv" | "tab" => FileKind::Csv,
        "txt" | "text" | "" if text.contains('\t') && table::delimiter(text) == Some(b'\t') => FileKind::Csv,
        _ => FileKind::Text,
    })
}

/// What a name says its file is; nothing where it says nothing.
pub(crate) fn said(name: &str) -> Option<FileKind> {
    Some(match ending(name).as_str() {
        "pdf" => FileKind::Pdf,
        "docx" | "docm" | "dotx" => FileKind::Docx,
        "pptx" | "pptm" | "ppsx" => FileKind::Pptx,
        "odt" | "ott" => FileKind::Odt,
        "odp" => FileKind::Odp,
        "epub" => FileKind::Epub,
        "html" | "htm" | "xhtml" => FileKind::Html,
        "ipynb" => FileKind::Notebook,
        "srt" => FileKind::Srt,
        "vtt" => FileKind::Vtt,
        "apkg" | "colpkg" => FileKind::Apkg,
        "mp3" | "m4a" | "wav" | "ogg" | "flac" | "webm" => FileKind::Audio,
        "png" | "jpg" | "jpeg" | "webp" | "tif" | "tiff" => FileKind::Image,
        _ => return None,
    })
}
