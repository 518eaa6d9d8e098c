//! PDF (ISO 32000) that wants to do harm.

use super::Bomb;
use super::deflate::{Packed, zlib};

const MEGABYTE: usize = 1 << 20;

/// A document of these objects, the first of them being 1, with a table of where they are.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(tail(objects.len() + 1, table, "").bytes());
    out
}

fn tail(size: usize, table: usize, more: &str) -> String {
    format!("trailer\n<</Size {size}/Root 1 0 R{more}>>\nstartxref\n{table}\n%%EOF\n")
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}{entries}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

/// One page with this content and these resources, and what they refer to: from object 5 on.
fn page(content: Vec<u8>, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let page =
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend_from_slice(more);
    document(&objects)
}

/// So many pages with these paragraphs, each in lines of 90 characters.
pub(super) fn pages(paragraphs: &[&str], count: usize) -> Vec<u8> {
    let mut content = String::from("BT /F 9 Tf 11 TL 40 780 Td ");
    let mut line = String::new();
    for word in paragraphs.iter().flat_map(|text| text.split_whitespace()).take(700) {
        line.push_str(word);
        line.push(' ');
        if line.len() > 90 {
            let shown: String =
                line.chars().filter(|c| c.is_ascii() && !matches!(c, '(' | ')' | '\\')).collect();
            content.push_str(&format!("({shown}) Tj T* "));
            line.clear();
        }
    }
    content.push_str("ET");
    let kids: String = (0..count).map(|n| format!("{} 0 R ", n + 5)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{kids}]/Count {count}>>").into_bytes(),
        font(""),
        stream("/Filter/FlateDecode", &zlib(content.as_bytes())),
    ];
    let page =
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>";
    objects.extend(std::iter::repeat_n(page.as_bytes().to_vec(), count));
    document(&objects)
}

/// One page whose content is packed so many times over.
fn packed(block: &[u8], times: u32, layers: usize) -> Vec<u8> {
    let mut bytes = Packed::over_and_over(block, times).zlib();
    for _ in 1..layers {
        bytes = zlib(&bytes);
    }
    let filters = "/FlateDecode".repeat(layers);
    page(stream(&format!("/Filter[{filters}]"), &bytes), "/Font<</F 5 0 R>>", &[font("")])
}

fn font(more: &str) -> Vec<u8> {
    format!("<</Type/Font/Subtype/Type1/BaseFont/Helvetica{more}>>").into_bytes()
}

/// A document of these pages and objects: the tree is object 2.
fn tree(pages: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), pages.as_bytes().to_vec()];
    objects.extend_from_slice(more);
    document(&objects)
}

fn words() -> Vec<u8> {
    b"BT /F 12 Tf 1 0 0 1 50 700 Tm (Cells divide) Tj ET\n".repeat(MEGABYTE / 51)
}

pub(super) fn bombs() -> Vec<Bomb> {
    [packings(), structures(), loops(), images(), ends()].into_iter().flatten().collect()
}

fn packings() -> Vec<Bomb> {
    let spaces = || vec![b' '; MEGABYTE];
    vec![
        Bomb::new("pdf: 1 GB of nothing in one layer", "a.pdf", move || packed(&spaces(), 1024, 1)).quick(),
        Bomb::new("pdf: 1 GB of words in one layer", "a.pdf", || packed(&words(), 1024, 1)),
        Bomb::new("pdf: 4 GB in two layers", "a.pdf", move || packed(&spaces(), 4096, 2)).quick(),
        Bomb::new("pdf: 8 GB in three layers", "a.pdf", move || packed(&spaces(), 8192, 3)),
        Bomb::new("pdf: a thousand filters", "a.pdf", || {
            page(stream(&format!("/Filter[{}]", "/ASCIIHexDecode".repeat(1000)), &[b'3'; 10_000]), "", &[])
        })
        .quick(),
        Bomb::new("pdf: run lengths of 600 MB", "a.pdf", || {
            page(stream("/Filter/RunLengthDecode", &[0x81, b' '].repeat(5_000_000)), "", &[])
        }),
        Bomb::new("pdf: LZW of noise", "a.pdf", || {
            let noise: Vec<u8> =
                (0..2_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
            page(stream("/Filter/LZWDecode", &noise), "", &[])
        }),
        Bomb::new("pdf: a predictor of two billion columns", "a.pdf", || {
            let columns = "/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32/BitsPerComponent 16>>";
            page(stream(&format!("/Filter/FlateDecode{columns}"), &zlib(b"\x02abc")), "", &[])
        })
        .quick(),
        Bomb::new("pdf: an object stream of 1 GB", "a.pdf", move || {
            let packed = Packed::over_and_over(&vec![b'0'; MEGABYTE], 1024).zlib();
            page(
                b"6 0 R".to_vec(),
                "",
                &[
                    stream("/Type/ObjStm/N 1000000/First 9000000/Filter/FlateDecode", &packed),
                    b"null".to_vec(),
                ],
            )
        }),
        Bomb::new("pdf: a font that maps four billion characters", "a.pdf", || {
            let map = "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n\
                1 beginbfrange <00000000> <ffffffff> <0041> endbfrange endcmap";
            let text = stream("", b"BT /F 12 Tf (Cells) Tj ET");
            page(text, "/Font<</F 5 0 R>>", &[font("/ToUnicode 6 0 R"), stream("", map.as_bytes())])
        })
        .quick(),
    ]
}

fn structures() -> Vec<Bomb> {
    vec![
        Bomb::new("pdf: arrays in arrays", "a.pdf", || tree(&"[".repeat(2_000_000), &[])).quick(),
        Bomb::new("pdf: dictionaries in dictionaries", "a.pdf", || tree(&"<</A".repeat(1_000_000), &[])),
        Bomb::new("pdf: a content of open brackets", "a.pdf", || {
            page(stream("", &vec![b'['; 10 * MEGABYTE]), "", &[])
        }),
        Bomb::new("pdf: five million saved states", "a.pdf", || {
            page(stream("", &b"q ".repeat(5_000_000)), "", &[])
        }),
        Bomb::new("pdf: a million words on one page", "a.pdf", || {
            page(stream("", &words().repeat(20)), "/Font<</F 5 0 R>>", &[font("")])
        }),
        Bomb::new("pdf: a string without an end", "a.pdf", || {
            tree(&format!("({}", "(".repeat(8 * MEGABYTE)), &[])
        }),
        Bomb::new("pdf: a name of ten megabytes", "a.pdf", || {
            tree(&format!("/{}", "A".repeat(10 * MEGABYTE)), &[])
        }),
        Bomb::new("pdf: twenty megabytes of comments", "a.pdf", || {
            [b"%PDF-1.7\n".as_slice(), &b"%\n".repeat(10 * MEGABYTE)].concat()
        }),
        Bomb::new("pdf: twenty megabytes of broken objects", "a.pdf", || {
            [b"%PDF-1.7\n".as_slice(), &b"1 0 obj <<".repeat(2 * MEGABYTE)].concat()
        }),
        Bomb::new("pdf: a table of two billion objects", "a.pdf", || {
            let body = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n";
            let table =
                format!("xref\n0 2147483647\n0000000009 00000 n \n{}", tail(2_147_483_647, body.len(), ""));
            format!("{body}{table}").into_bytes()
        })
        .quick(),
        Bomb::new("pdf: a packed table of lies", "a.pdf", || {
            let table =
                stream("/Type/XRef/Size 2147483647/W[8 8 8]/Index[0 2147483647]/Root 1 0 R", &[0xff; 2400]);
            let body = [b"%PDF-1.7\n1 0 obj\n".as_slice(), &table, b"\nendobj\nstartxref\n9\n%%EOF"];
            body.concat()
        })
        .quick(),
        Bomb::new("pdf: lengths that are negative and huge", "a.pdf", || {
            let body = b"<</Length -5>>\nstream\nBT ET\nendstream".to_vec();
            let huge = b"<</Length 99999999999999999999>>\nstream\nBT ET\nendstream".to_vec();
            page(body, "/XObject<</X 5 0 R>>", &[huge])
        })
        .quick(),
        Bomb::new("pdf: ten thousand pages", "a.pdf", || {
            let kids = "3 0 R ".repeat(10_000);
            let page =
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<>>>>".to_vec();
            let pages = format!("<</Type/Pages/Kids[{kids}]/Count 10000>>");
            tree(&pages, &[page, stream("", b"BT (Cells) Tj ET")])
        }),
        Bomb::new("pdf: a count of two billion pages", "a.pdf", || {
            tree("<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", &[b"<</Type/Page/Parent 2 0 R>>".to_vec()])
        })
        .quick(),
    ]
}

fn loops() -> Vec<Bomb> {
    vec![
        Bomb::new("pdf: a tree of pages that holds itself", "a.pdf", || {
            tree("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>", &[])
        })
        .quick(),
        Bomb::new("pdf: two trees that hold each other twice", "a.pdf", || {
            let twice = |other: u32| format!("<</Type/Pages/Kids[{other} 0 R {other} 0 R]/Count 4>>");
            tree(&twice(3), &[twice(2).into_bytes()])
        })
        .quick(),
        Bomb::new("pdf: forty trees that each hold the next twice", "a.pdf", || {
            let twice = |next: u32| format!("<</Type/Pages/Kids[{next} 0 R {next} 0 R]/Count 2>>");
            let more: Vec<Vec<u8>> = (4..44).map(|next| twice(next).into_bytes()).collect();
            tree(&twice(3), &more)
        })
        .quick(),
        Bomb::new("pdf: a length that is its own", "a.pdf", || {
            page(b"<</Length 4 0 R>>\nstream\nBT ET\nendstream".to_vec(), "", &[])
        })
        .quick(),
        Bomb::new("pdf: tables that each name the other as the one before", "a.pdf", || {
            let body = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n";
            let table = format!("xref\n0 1\n0000000000 65535 f \n{}", tail(3, body.len(), &format!("/Prev {}", body.len())));
            format!("{body}{table}").into_bytes()
        })
        .quick(),
        Bomb::new("pdf: a form that draws itself twice", "a.pdf", || {
            let form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>";
            page(stream("", b"/X Do /X Do"), "/XObject<</X 5 0 R>>", &[stream(form, b"/X Do /X Do")])
        })
        .quick(),
        Bomb::new("pdf: thirty forms that each draw the next twice", "a.pdf", || {
            let form = |next: u32| {
                let entries =
                    format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
                stream(&entries, b"/X Do /X Do")
            };
            let forms: Vec<Vec<u8>> = (6..36).map(form).collect();
            page(stream("", b"/X Do"), "/XObject<</X 5 0 R>>", &forms)
        }),
        Bomb::new("pdf: a letter that is drawn with itself", "a.pdf", || {
            let font = "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65\
                /Widths[9]/Encoding<</Differences[65/A]>>/CharProcs<</A 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>";
            let letter = stream("", b"BT /F 1 Tf (AA) Tj ET");
            page(stream("", b"BT /F 1 Tf (A) Tj ET"), "/Font<</F 5 0 R>>", &[font.as_bytes().to_vec(), letter])
        })
        .quick(),
        Bomb::new("pdf: an object stream that extends itself", "a.pdf", || {
            let extends = stream("/Type/ObjStm/N 1/First 4/Extends 4 0 R", b"9 0 null");
            page(extends, "", &[])
        })
        .quick(),
    ]
}

fn images() -> Vec<Bomb> {
    let image = |size: &str, more: &str, bytes: &[u8]| {
        let entries = format!("/Type/XObject/Subtype/Image{size}{more}");
        page(stream("", b"600 0 0 800 0 0 cm /X Do"), "/XObject<</X 5 0 R>>", &[stream(&entries, bytes)])
    };
    let huge = "/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB";
    vec![
        Bomb::new("pdf: a picture of 10 GB", "a.pdf", move || {
            let packed = Packed::over_and_over(&vec![0; MEGABYTE], 10_300).zlib();
            image(huge, "/Filter/FlateDecode", &packed)
        })
        .quick(),
        Bomb::new("pdf: a picture of 10 GB that is not there", "a.pdf", move || {
            image(huge, "/Filter/DCTDecode", &[0xff, 0xd8, 0xff, 0xd9])
        })
        .quick(),
        Bomb::new("pdf: a fax of two billion lines", "a.pdf", move || {
            let size = "/Width 2147483647/Height 2147483647/BitsPerComponent 1/ColorSpace/DeviceGray";
            let parms = "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2147483647/Rows 2147483647>>";
            image(size, parms, &[0; 4096])
        })
        .quick(),
        Bomb::new("pdf: a picture whose mask is itself", "a.pdf", move || {
            let size = "/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray";
            image(size, "/SMask 5 0 R", &[0; 81])
        })
        .quick(),
    ]
}

fn ends() -> Vec<Bomb> {
    let whole = || packed(&words(), 2, 1);
    vec![
        Bomb::new("pdf: nothing after its head", "a.pdf", || b"%PDF-1.7\n".to_vec()).quick(),
        Bomb::new("pdf: the first half", "a.pdf", move || {
            let whole = whole();
            whole[..whole.len() / 2].to_vec()
        })
        .quick(),
        Bomb::new("pdf: locked", "a.pdf", || {
            let key = "41".repeat(32);
            let lock = format!(
                "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<{key}>/U<{key}>>>/ID[<00><00>]"
            );
            let text = String::from_utf8_lossy(&page(stream("", b"BT (x) Tj ET"), "", &[])).into_owned();
            text.replace("/Root 1 0 R", &format!("/Root 1 0 R{lock}")).into_bytes()
        })
        .quick(),
        Bomb::new("pdf: its table lies beyond its end", "a.pdf", || {
            b"%PDF-1.7\n1 0 obj null endobj\nstartxref\n18446744073709551615\n%%EOF".to_vec()
        })
        .quick(),
    ]
}
