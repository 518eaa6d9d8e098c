//! Archives that want to do harm: ZIP (APPNOTE 6.3) that unpacks to gigabytes, overlaps, lies, and the documents made of it.

use super::Bomb;
use super::deflate::Packed;

const MEGABYTE: usize = 1 << 20;
const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

/// An entry as it is written, with what it says of itself.
#[derive(Clone)]
pub(super) struct Entry {
    name: String,
    method: u16,
    flags: u16,
    crc: u32,
    packed: Vec<u8>,
    length: u64,
}

/// As it is.
fn stored(name: &str, bytes: &[u8]) -> Entry {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    let length = bytes.len() as u64;
    Entry { name: name.to_owned(), method: 0, flags: 0, crc: crc.sum(), packed: bytes.to_vec(), length }
}

/// `block`, so many times.
fn packed(name: &str, block: &[u8], times: u32) -> Entry {
    let Packed { raw, crc, length, .. } = Packed::over_and_over(block, times);
    Entry { name: name.to_owned(), method: 8, flags: 0, crc, packed: raw, length }
}

/// Packed once.
pub(super) fn deflated(name: &str, bytes: &[u8]) -> Entry {
    packed(name, bytes, 1)
}

/// Slides with this text on each.
pub(super) fn presentation(paragraphs: &str, count: usize) -> Vec<u8> {
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006/main";
    let slides = "http://schemas.openxmlformats.org/presentationml/2006/main";
    let namespaces = format!("xmlns:a=\"{drawing}\" xmlns:p=\"{slides}\"");
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let slide = format!(
        "<p:sld {namespaces}><p:cSld><p:spTree><p:sp><p:txBody>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld></p:sld>"
    );
    let ids: String = (1..=count).map(|n| format!("<p:sldId id=\"{}\" r:id=\"rId{n}\"/>", 255 + n)).collect();
    let link = |n: usize| {
        format!("<Relationship Id=\"rId{n}\" Type=\"{links}/slide\" Target=\"slides/slide{n}.xml\"/>")
    };
    let all: String = (1..=count).map(link).collect();
    let list = format!(
        "<p:presentation {namespaces} xmlns:r=\"{links}\"><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    );
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    );
    let mut entries = vec![
        stored("[Content_Types].xml", TYPES.as_bytes()),
        deflated("ppt/presentation.xml", list.as_bytes()),
        deflated("ppt/_rels/presentation.xml.rels", relations.as_bytes()),
    ];
    entries.extend((1..=count).map(|n| deflated(&format!("ppt/slides/slide{n}.xml"), slide.as_bytes())));
    zip(&entries)
}

/// A text of OpenDocument with these paragraphs.
pub(super) fn opendocument_of(paragraphs: &str) -> Vec<u8> {
    let names = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{names}:office:1.0\" xmlns:text=\"{names}:text:1.0\">\
         <office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
    );
    opendocument("text", deflated("content.xml", content.as_bytes()))
}

/// A book with this text in each of so many chapters.
pub(super) fn epub_of(paragraphs: &str, count: usize) -> Vec<u8> {
    let chapter =
        format!("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>One</h1>{paragraphs}</body></html>");
    let item =
        |n: usize| format!("<item id=\"c{n}\" href=\"c{n}.xhtml\" media-type=\"application/xhtml+xml\"/>");
    let items: String = (0..count).map(item).collect();
    let spine: String = (0..count).map(|n| format!("<itemref idref=\"c{n}\"/>")).collect();
    let opf = format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest>{items}</manifest><spine>{spine}</spine></package>"
    );
    let mut entries = vec![deflated("a.opf", opf.as_bytes())];
    entries.extend((0..count).map(|n| deflated(&format!("c{n}.xhtml"), chapter.as_bytes())));
    epub(&entries)
}

fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn head(entry: &Entry, central: bool) -> Vec<u8> {
    let mut out = if central { vec![0x50, 0x4b, 1, 2, 20, 0, 20, 0] } else { vec![0x50, 0x4b, 3, 4, 20, 0] };
    for number in [entry.flags, entry.method, 0, 0x21] {
        out.extend(number.to_le_bytes());
    }
    for number in [entry.crc, small(entry.packed.len() as u64), small(entry.length)] {
        out.extend(number.to_le_bytes());
    }
    out.extend(u16::try_from(entry.name.len()).unwrap_or(u16::MAX).to_le_bytes());
    out
}

fn local(entry: &Entry) -> Vec<u8> {
    [head(entry, false), vec![0, 0], entry.name.clone().into_bytes(), entry.packed.clone()].concat()
}

fn central(entry: &Entry, place: usize) -> Vec<u8> {
    let mut out = head(entry, true);
    out.extend([0; 12]);
    out.extend(small(place as u64).to_le_bytes());
    out.extend(entry.name.bytes());
    out
}

fn end(entries: usize, directory: usize, at: usize) -> Vec<u8> {
    let count = u16::try_from(entries).unwrap_or(u16::MAX).to_le_bytes();
    let mut out = vec![0x50, 0x4b, 5, 6, 0, 0, 0, 0];
    out.extend([count, count].concat());
    out.extend(small(directory as u64).to_le_bytes());
    out.extend(small(at as u64).to_le_bytes());
    out.extend([0, 0]);
    out
}

fn zip(entries: &[Entry]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        directory.extend(central(entry, out.len()));
        out.extend(local(entry));
    }
    let at = out.len();
    out.extend(&directory);
    out.extend(end(entries.len(), directory.len(), at));
    out
}

/// A word processor's document with this body.
pub(super) fn docx(document: Entry) -> Vec<u8> {
    zip(&[stored("[Content_Types].xml", TYPES.as_bytes()), document])
}

fn docx_of(xml: &str) -> Vec<u8> {
    docx(stored("word/document.xml", xml.as_bytes()))
}

fn epub(more: &[Entry]) -> Vec<u8> {
    let container = "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
        <rootfile full-path=\"a.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let mut entries = vec![
        stored("mimetype", b"application/epub+zip"),
        stored("META-INF/container.xml", container.as_bytes()),
    ];
    entries.extend_from_slice(more);
    zip(&entries)
}

fn book(items: usize) -> Entry {
    let refs = |n: usize| format!("<itemref idref=\"c{}\"/>", n % 10);
    let item =
        |n: usize| format!("<item id=\"c{n}\" href=\"c.xhtml\" media-type=\"application/xhtml+xml\"/>");
    let manifest: String = (0..10).map(item).collect();
    let spine: String = (0..items).map(refs).collect();
    let opf = format!(
        "<package xmlns=\"http://www.idpf.org/2007/opf\"><manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    );
    stored("a.opf", opf.as_bytes())
}

fn opendocument(kind: &str, content: Entry) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    zip(&[stored("mimetype", kind.as_bytes()), content])
}

fn laughs() -> String {
    let entity = |n: usize| {
        let below = format!("&a{};", n.saturating_sub(1)).repeat(10);
        format!("<!ENTITY a{n} \"{}\">", if n == 0 { "ha".to_owned() } else { below })
    };
    let entities: String = (0..10).map(entity).collect();
    format!(
        "<!DOCTYPE d [{entities}]><w:document {WORD}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    )
}

pub(super) fn bombs() -> Vec<Bomb> {
    [packings(), lies(), names(), markup()].into_iter().flatten().collect()
}

fn packings() -> Vec<Bomb> {
    let words = || b"<w:p><w:r><w:t>Cells divide.</w:t></w:r></w:p>".repeat(MEGABYTE / 46);
    let spaces = || vec![b' '; MEGABYTE];
    vec![
        Bomb::new("docx: 2 GB of spaces", "a.docx", move || {
            docx(packed("word/document.xml", &spaces(), 2048))
        })
        .quick(),
        Bomb::new("docx: 1 GB of paragraphs", "a.docx", move || {
            docx(packed("word/document.xml", &words(), 1024))
        }),
        Bomb::new("pptx: a slide of 2 GB", "a.pptx", move || {
            let presentation = stored("ppt/presentation.xml", b"<p:presentation/>");
            zip(&[
                stored("[Content_Types].xml", TYPES.as_bytes()),
                presentation,
                packed("ppt/slides/slide1.xml", &spaces(), 2048),
            ])
        }),
        Bomb::new("epub: a chapter of 2 GB", "a.epub", move || {
            epub(&[book(1), packed("c.xhtml", &spaces(), 2048)])
        }),
        Bomb::new("epub: a chapter of 2 MB, ten thousand times", "a.epub", move || {
            epub(&[book(10_000), packed("c.xhtml", &b"<p>Cells divide.</p>".repeat(50_000), 2)])
        }),
        Bomb::new("odt: a content of 2 GB", "a.odt", move || {
            opendocument("text", packed("content.xml", &spaces(), 2048))
        }),
        Bomb::new("odp: a content of 2 GB", "a.odp", move || {
            opendocument("presentation", packed("content.xml", &spaces(), 2048))
        }),
        Bomb::new("apkg: a collection of 2 GB", "a.apkg", move || {
            zip(&[packed("collection.anki2", &spaces(), 2048), stored("media", b"{}")])
        }),
        Bomb::new("apkg: a collection that is no database", "a.apkg", || {
            zip(&[
                stored("collection.anki21", b"SQLite format 3\0\x10\0\xff\xff\xff"),
                stored("media", b"{}"),
            ])
        })
        .quick(),
        Bomb::new("docx: archives in archives", "a.docx", || {
            let mut inner = zip(&[packed("0", &vec![0; MEGABYTE], 512)]);
            for _ in 0..20 {
                inner = zip(&[
                    stored("word/document.xml", &inner),
                    stored("[Content_Types].xml", TYPES.as_bytes()),
                ]);
            }
            inner
        })
        .quick(),
        Bomb::new("docx: a hundred thousand entries", "a.docx", || {
            let mut entries: Vec<Entry> =
                (0..60_000).map(|n| stored(&format!("word/{n}.xml"), b"")).collect();
            entries.push(stored("[Content_Types].xml", TYPES.as_bytes()));
            zip(&entries)
        }),
    ]
}

fn lies() -> Vec<Bomb> {
    let document = || packed("word/document.xml", &vec![b' '; MEGABYTE], 512);
    let plain = || stored("word/document.xml", format!("<w:document {WORD}/>").as_bytes());
    vec![
        Bomb::new("docx: a thousand entries over the same bytes", "a.docx", move || {
            let kernel = document();
            let mut out = local(&kernel);
            let named = |n: u32| Entry { name: format!("word/media/{n}.xml"), ..kernel.clone() };
            let mut directory: Vec<u8> = (0..1000).flat_map(|n| central(&named(n), 0)).collect();
            directory.extend(central(&kernel, 0));
            let at = out.len();
            out.extend(&directory);
            out.extend(end(1001, directory.len(), at));
            out
        })
        .quick(),
        Bomb::new("docx: 512 MB that say they are one byte", "a.docx", move || {
            docx(Entry { length: 1, ..document() })
        })
        .quick(),
        Bomb::new("docx: a byte that says it is 4 GB", "a.docx", move || {
            docx(Entry { length: u64::MAX, ..plain() })
        })
        .quick(),
        Bomb::new("docx: a wrong sum", "a.docx", move || docx(Entry { crc: 7, ..plain() })).quick(),
        Bomb::new("docx: locked", "a.docx", move || docx(Entry { flags: 1, ..plain() })).quick(),
        Bomb::new("docx: a method that nobody has", "a.docx", move || docx(Entry { method: 99, ..plain() }))
            .quick(),
        Bomb::new("docx: a directory beyond its end", "a.docx", move || {
            let mut out = docx(plain());
            let place = out.len() - 6;
            out[place..place + 4].fill(0xf0);
            out
        })
        .quick(),
        Bomb::new("docx: 64-bit sizes of nine exabytes", "a.docx", move || {
            let mut out = local(&plain());
            let at = out.len() as u64;
            out.extend([0x50, 0x4b, 6, 6]);
            out.extend(44_u64.to_le_bytes());
            out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for number in [u64::MAX >> 1, u64::MAX >> 1, u64::MAX >> 1, 0] {
                out.extend(number.to_le_bytes());
            }
            out.extend([0x50, 0x4b, 6, 7, 0, 0, 0, 0]);
            out.extend(at.to_le_bytes());
            out.extend([1, 0, 0, 0]);
            out.extend(end(usize::from(u16::MAX), u32::MAX as usize, u32::MAX as usize));
            out
        })
        .quick(),
        Bomb::new("zip: nothing in it", "a.docx", || end(0, 0, 0)).quick(),
        Bomb::new("docx: the first half", "a.docx", move || {
            let whole = docx(document());
            whole[..whole.len() / 2].to_vec()
        })
        .quick(),
    ]
}

fn names() -> Vec<Bomb> {
    let with = |name: &str| {
        zip(&[
            stored(name, b"root::0:0::/:/bin/sh"),
            stored("[Content_Types].xml", TYPES.as_bytes()),
            stored("word/document.xml", format!("<w:document {WORD}><w:body/></w:document>").as_bytes()),
        ])
    };
    vec![
        Bomb::new("docx: a name that climbs out", "a.docx", move || with("../../../../tmp/study-sharper-was-here")).quick(),
        Bomb::new("docx: a name from the root", "a.docx", move || with("/etc/study-sharper-was-here")).quick(),
        Bomb::new("docx: a name with an end inside", "a.docx", move || with("a\0b/../c")).quick(),
        Bomb::new("docx: a name of 64 KB", "a.docx", move || with(&"a/".repeat(32_000))).quick(),
        Bomb::new("epub: a chapter outside of the book", "a.epub", || {
            let opf = "<package><manifest><item id=\"c\" href=\"../../../../etc/passwd\" media-type=\"application/xhtml+xml\"/>\
                </manifest><spine><itemref idref=\"c\"/></spine></package>";
            epub(&[stored("a.opf", opf.as_bytes())])
        })
        .quick(),
    ]
}

fn markup() -> Vec<Bomb> {
    vec![
        Bomb::new("docx: a billion laughs", "a.docx", || docx_of(&laughs())).quick(),
        Bomb::new("docx: one entity, many times", "a.docx", || {
            let (long, many) = ("a".repeat(100_000), "&a;".repeat(100_000));
            docx_of(&format!("<!DOCTYPE d [<!ENTITY a \"{long}\">]><w:document {WORD}><w:t>{many}</w:t></w:document>"))
        })
        .quick(),
        Bomb::new("docx: an entity from a file", "a.docx", || {
            docx_of("<!DOCTYPE d [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><w:document><w:t>&a;</w:t></w:document>")
        })
        .quick(),
        Bomb::new("docx: a million tables in tables", "a.docx", || {
            docx_of(&format!("<w:document {WORD}><w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(300_000)))
        })
        .quick(),
        Bomb::new("docx: an element of a million attributes", "a.docx", || {
            let attributes: String = (0..500_000).map(|n| format!(" a{n}=\"\"")).collect();
            docx_of(&format!("<w:document {WORD}><w:p{attributes}/></w:document>"))
        }),
        Bomb::new("odt: an empty cell, four billion times", "a.odt", || {
            let cell = "<table:table-cell table:number-columns-repeated=\"4294967295\"><text:p>x</text:p></table:table-cell>";
            let row = format!("<table:table-row table:number-rows-repeated=\"4294967295\">{cell}</table:table-row>");
            let spaces = "<text:p><text:s text:c=\"4294967295\"/></text:p>";
            let content = format!("<office:document-content><office:body><office:text><table:table>{row}</table:table>{spaces}");
            opendocument("text", stored("content.xml", content.as_bytes()))
        })
        .quick(),
    ]
}
