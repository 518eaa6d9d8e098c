//! Texts, pictures and recordings that want to do harm, and files under a wrong name.

use super::Bomb;
use super::deflate::Packed;

const MEGABYTE: usize = 1 << 20;

fn png(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let mut crc = flate2::Crc::new();
        crc.update(kind);
        crc.update(data);
        let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
        [&length, kind, data, &crc.sum().to_be_bytes()].concat()
    };
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = [size.as_slice(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
        .concat()
}

pub(super) fn bombs() -> Vec<Bomb> {
    [texts(), pictures()].into_iter().flatten().collect()
}

fn texts() -> Vec<Bomb> {
    let html = |inside: String| format!("<!doctype html><html><body>{inside}").into_bytes();
    vec![
        Bomb::new("html: a million boxes in boxes", "a.html", move || html("<div>".repeat(1_000_000))),
        Bomb::new("html: formats that never end", "a.html", move || html("<b><i><u><p>".repeat(50_000))),
        Bomb::new("html: tables in tables", "a.html", move || html("<table><tr><td>".repeat(100_000))),
        Bomb::new("html: lists in lists", "a.html", move || html("<ul><li>a".repeat(50_000))).quick(),
        Bomb::new("html: twenty megabytes of open brackets", "a.html", move || {
            html("<".repeat(20 * MEGABYTE))
        }),
        Bomb::new("html: an element of 200,000 attributes", "a.html", move || {
            let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
            html(format!("<p{attributes}>x"))
        }),
        Bomb::new("ipynb: arrays in arrays", "a.ipynb", || {
            format!("{{\"nbformat\":4,\"cells\":{}", "[".repeat(5_000_000)).into_bytes()
        })
        .quick(),
        Bomb::new("ipynb: two million cells", "a.ipynb", || {
            let cells = vec!["{\"cell_type\":\"markdown\",\"source\":\"\"}"; 500_000].join(",");
            format!("{{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{{}},\"cells\":[{cells}]}}")
                .into_bytes()
        }),
        Bomb::new("csv: twelve million columns", "a.csv", || ",".repeat(12_000_000).into_bytes()),
        Bomb::new("csv: a quote without an end", "a.csv", || {
            format!("a,b\n\"{}", "x\n".repeat(5_000_000)).into_bytes()
        }),
        Bomb::new("text: one line of twenty megabytes", "a.txt", || vec![b'a'; 20 * MEGABYTE]),
        Bomb::new("text: a word of half pairs", "a.txt", || {
            [&[0xff, 0xfe][..], &[0x00, 0xd8].repeat(1_000_000)].concat()
        }),
        Bomb::new("text: a cloak of marks over one letter", "a.txt", || {
            format!("e{}", "\u{301}".repeat(5_000_000)).into_bytes()
        }),
        Bomb::new("text: nothing but zeros", "a.txt", || vec![0; 5 * MEGABYTE]).quick(),
        Bomb::new("markdown: quotes in quotes", "a.md", || {
            format!("{}a", "> ".repeat(2_000_000)).into_bytes()
        }),
        Bomb::new("srt: a time beyond all times", "a.srt", || {
            b"1\n99999999999999999999:99:99,999 --> 00:00:00,000\nCells divide.\n\n".repeat(50_000)
        })
        .quick(),
        Bomb::new("vtt: marks in marks", "a.vtt", || {
            format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{}x\n", "<c>".repeat(2_000_000)).into_bytes()
        }),
    ]
}

fn pictures() -> Vec<Bomb> {
    vec![
        Bomb::new("png: 12 GB of black", "a.png", || {
            png(65_535, 65_535, &Packed::over_and_over(&vec![0; MEGABYTE], 12_300).zlib())
        })
        .quick(),
        Bomb::new("png: four billion lines that are not there", "a.png", || png(u32::MAX, u32::MAX, b""))
            .quick(),
        Bomb::new("tiff: a directory that follows itself", "a.tif", || {
            b"II*\0\x08\0\0\0\0\0\x08\0\0\0".to_vec()
        })
        .quick(),
        Bomb::new("a picture by the name of a document", "a.pdf", || {
            png(1, 1, &super::deflate::zlib(b"\0\0\0\0"))
        })
        .quick(),
        Bomb::new("a program by the name of a document", "a.docx", || {
            [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 4096]].concat()
        })
        .quick(),
        Bomb::new("a document by the name of a recording", "a.mp3", || {
            b"%PDF-1.7\n1 0 obj null endobj".to_vec()
        })
        .quick(),
        Bomb::new("a recording of nothing", "a.mp3", || {
            [b"ID3\x04\0\0\x7f\x7f\x7f\x7f".as_slice(), &[0; 512]].concat()
        })
        .quick(),
        Bomb::new("noise", "a.pdf", || {
            (0..MEGABYTE as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect()
        })
        .quick(),
    ]
}
