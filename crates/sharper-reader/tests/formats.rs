//! Every kind of file: what stands in it is in its text, in order, and what does not belong there is not.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod fixture;

use fixture::{LIMITS, deck, docx, docx_with, epub, odt, pptx, zip};
use sharper_domain::FileKind;

/// The text of a file holds these pieces in this order and none of those.
fn check(bytes: &[u8], name: &str, kind: FileKind, holds: &[&str], lacks: &[&str]) {
    let document =
        sharper_reader::read(bytes, name, &LIMITS).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    assert_eq!(document.kind, kind, "{name}");
    let mut at = 0;
    for piece in holds {
        let found = document.text[at..].find(piece);
        at += found.unwrap_or_else(|| panic!("{name}: {piece:?} is not in its place in:\n{}", document.text))
            + piece.len();
    }
    for piece in lacks {
        assert!(!document.text.contains(piece), "{name}: {piece:?} is in:\n{}", document.text);
    }
    for anchor in &document.anchors {
        assert!(document.text.is_char_boundary(anchor.at), "{name}: {anchor:?}");
    }
    assert!(document.anchors.is_sorted_by_key(|anchor| anchor.at), "{name}");
    assert!(document.text.ends_with('\n') && !document.text.contains('\r'), "{name}");
}

/// What stands at the anchors of a file: their labels and the lines that begin there.
fn check_anchors(bytes: &[u8], name: &str, expected: &[(&str, &str)]) {
    let document = sharper_reader::read(bytes, name, &LIMITS).unwrap();
    let line = |at: usize| document.text[at..].lines().next().unwrap_or_default();
    let found: Vec<(&str, &str)> =
        document.anchors.iter().map(|anchor| (anchor.label.as_str(), line(anchor.at))).collect();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn a_word_document_keeps_its_structure_and_loses_what_was_taken_out() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let p = |words: &str| format!("<w:p>{}</w:p>", run(words));
    let styled = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(words))
    };
    let cases: [(String, &[&str], &[&str]); 14] = [
        (styled("Heading2", "Osmosis") + &p("Water moves."), &["## Osmosis\n\nWater moves."], &[]),
        (styled("ListBullet", "one") + &styled("ListBullet", "two") + &p("after"), &["- one\n- two\n\nafter"], &[]),
        (styled("ListNumber", "one") + &styled("ListNumber", "two"), &["1. one\n2. two"], &[]),
        (format!("<w:p>{}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{}</w:ins></w:p>", run("kept "), run("new")), &["kept new"], &["gone"]),
        (format!("<w:p><w:moveFrom>{}</w:moveFrom>{}</w:p>", run("moved"), run("stays")), &["stays"], &["moved"]),
        ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>bo</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ld</w:t></w:r><w:r><w:t> plain</w:t></w:r></w:p>".to_owned(), &["**bold** plain"], &[]),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>".to_owned(), &["seen"], &["hidden"]),
        (format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr><w:tr><w:tc>{}</w:tc><w:tc><w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>", p("a"), p("b"), p("c|d"), p("in"), p("side")), &["| a | b |\n| --- | --- |\n| c\\|d | in, side |"], &[]),
        (format!("<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>", p("boxed"), p("boxed"), run("around")), &["around\n\nboxed\n"], &["boxed\n\nboxed"]),
        ("<w:p><w:r><w:t>Fact</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p>".to_owned(), &["Fact[^1]", "[^1]: A footnote."], &[]),
        ("<w:p><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath></w:p>".to_owned(), &["$\\frac{a}{b^{2}}$"], &[]),
        ("<w:p><w:r><w:drawing><wp:docPr descr=\"A leaf in section\"/></w:drawing></w:r></w:p>".to_owned(), &["*[picture: A leaf in section]*"], &[]),
        ("<w:p><w:r><w:fldChar/><w:instrText>HYPERLINK \"http://x\"</w:instrText></w:r><w:hyperlink><w:r><w:t>the words</w:t></w:r></w:hyperlink></w:p>".to_owned(), &["the words"], &["HYPERLINK", "http"]),
        ("<w:p><w:r><w:t>a &lt;script&gt; in words, 2*3*4, H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r></w:p>".to_owned(), &["a \\<script> in words, 2\\*3\\*4, H_2O"], &[]),
    ];
    for (body, holds, lacks) in cases {
        check(&docx(&body), "notes.docx", FileKind::Docx, holds, lacks);
    }
}

#[test]
fn slides_come_in_their_order_with_groups_tables_and_notes() {
    let bytes = pptx(&["Second in the folder", "First in the folder"]);
    check(
        &bytes,
        "talk.pptx",
        FileKind::Pptx,
        &[
            "## Second in the folder",
            "- point one\n  - point two",
            "grouped",
            "| x | y |",
            "Notes: Say this.",
            "## First",
        ],
        &["slide number"],
    );
    check_anchors(&bytes, "talk.pptx", &[("1", "## Second in the folder"), ("2", "## First in the folder")]);
}

#[test]
fn an_open_document_keeps_headings_lists_tables_and_notes() {
    let body = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h text:outline-level=\"2\">Head</text:h>\
        <text:p>One<text:s text:c=\"2\"/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Below.</text:p></text:note-body></text:note></text:p>\
        <text:list text:style-name=\"L1\"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>h</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"><text:p>k</text:p></table:table-cell></table:table-row></table:table>";
    check(
        &odt(body),
        "a.odt",
        FileKind::Odt,
        &["## Head\n\nOne two[^1]\n\n1. a\n   - b\n\n| h | k |", "[^1]: Below."],
        &["gone"],
    );
}

#[test]
fn a_book_comes_in_the_order_of_its_spine_with_its_chapters() {
    let bytes = epub();
    check(
        &bytes,
        "b.epub",
        FileKind::Epub,
        &["# Roots", "Roots drink.", "## Deep roots", "# Leaves", "Leaves breathe[1]."],
        &["Contents", "alert"],
    );
    check_anchors(
        &bytes,
        "b.epub",
        &[("Roots", "# Roots"), ("Deep", "## Deep roots"), ("Leaves", "# Leaves")],
    );
}

#[test]
fn a_web_page_is_its_main_text_without_markup() {
    let cases: [(&str, &[&str], &[&str]); 12] = [
        (
            "<nav>Menu</nav><h1>Title</h1><script>alert(1)</script><style>p{}</style><p>Words &amp; more&nbsp;words.</p>",
            &["# Title\n\nWords & more words."],
            &["Menu", "alert", "p{"],
        ),
        ("<ul><li>a<ol start=3><li>b</ol><li>c</ul><p>d", &["- a\n  3. b\n- c\n\nd"], &[]),
        (
            "<table><tr><th>A<th>B<tr><td rowspan=2>1<td>2<tr><td>3</table>",
            &["| A | B |\n| --- | --- |\n| 1 | 2 |\n|  | 3 |"],
            &[],
        ),
        (
            "<p>E <math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">{\\displaystyle x^2}</annotation></semantics></math>",
            &["E $x^2$"],
            &[],
        ),
        (
            "<p><math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>",
            &["$\\frac{a}{b^{2}}$"],
            &[],
        ),
        (
            "<p><span class='katex'><span class='katex-mathml'><math><semantics><mrow><mi>q</mi></mrow><annotation encoding='application/x-tex'>q_1</annotation></semantics></math></span><span class='katex-html' aria-hidden=true>q1</span></span>",
            &["$q_1$"],
            &["q1"],
        ),
        (
            "<pre><code class='language-rust'>fn a() {\n    b\n}</code></pre>",
            &["```rust\nfn a() {\n    b\n}\n```"],
            &[],
        ),
        (
            "<base href='http://evil/'><p><a href='x'>link words</a> <img alt='A cell' src=x>",
            &["link words *[picture: A cell]*"],
            &["evil", "http"],
        ),
        ("<blockquote><p>a<p>b</blockquote>", &["> a\n>\n> b"], &[]),
        ("<dl><dt>Term<dd>Meaning</dl>", &["Term: Meaning"], &[]),
        (
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; and <b> bold </b>end",
            &["\\<script>alert(1)\\</script> and **bold** end"],
            &[],
        ),
        ("<p>H<sub>2</sub>O, 10<sup>-3</sup>, the 1<sup>st</sup>", &["H_2O, 10^(-3), the 1st"], &[]),
    ];
    for (body, holds, lacks) in cases {
        check(
            format!("<!doctype html><html><body>{body}").as_bytes(),
            "p.html",
            FileKind::Html,
            holds,
            lacks,
        );
    }
    check(b"<html><meta charset=windows-1252><body><p>caf\xe9", "p.html", FileKind::Html, &["café"], &[]);
}

#[test]
fn text_is_read_in_the_encoding_that_it_is_in() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let sentence = "Die Größe der Übung hängt von der Wärme ab, sagt die Prüfung für Schüler.";
    let latin: Vec<u8> =
        sentence.chars().map(|character| u8::try_from(u32::from(character)).unwrap()).collect();
    let (cyrillic, ..) = encoding_rs::WINDOWS_1251.encode("Фотосинтез происходит в хлоропластах растений.");
    let (japanese, ..) =
        encoding_rs::SHIFT_JIS.encode("光合成は葉緑体で行われる。ひかりのエネルギーをつかう。");
    let cases: [(Vec<u8>, &str); 7] = [
        (sentence.as_bytes().to_vec(), sentence),
        ([b"\xef\xbb\xbf", sentence.as_bytes()].concat(), sentence),
        ([b"\xff\xfe".to_vec(), wide(sentence)].concat(), sentence),
        (wide(sentence), sentence),
        (latin, sentence),
        (cyrillic.into_owned(), "Фотосинтез происходит"),
        (japanese.into_owned(), "光合成は葉緑体"),
    ];
    for (bytes, holds) in cases {
        check(&bytes, "n.txt", FileKind::Text, &[holds], &["\u{fffd}", "\u{feff}"]);
    }
    check(b"a\r\nb\rc\x07d", "n.md", FileKind::Markdown, &["a\nb\ncd\n"], &[]);
}

#[test]
fn tables_as_text_become_tables_or_lines_of_terms() {
    check(
        b"Front,Back\nATP,\"energy, stored\"\nDNA,memory\n",
        "t.csv",
        FileKind::Csv,
        &["ATP: energy, stored\n\nDNA: memory"],
        &["Front"],
    );
    check(
        b"a;b;c\n1;2,5;3\n",
        "t.csv",
        FileKind::Csv,
        &["| a | b | c |\n| --- | --- | --- |\n| 1 | 2,5 | 3 |"],
        &[],
    );
    check(
        b"le chat\tthe cat\nle chien\tthe dog\n",
        "t.txt",
        FileKind::Csv,
        &["le chat: the cat\n\nle chien: the dog"],
        &[],
    );
}

#[test]
fn a_notebook_is_its_words_its_code_and_its_short_outputs() {
    let four = r##"{"nbformat":4,"metadata":{"kernelspec":{"language":"julia"}},"cells":[{"cell_type":"markdown","source":["# A\n","$x^2$ ![plot of x](a.png)"]},{"cell_type":"code","source":"1+1","outputs":[{"output_type":"execute_result","data":{"text/plain":["2"]}},{"output_type":"display_data","data":{"image/png":"AAAA"}}]}]}"##;
    check(
        four.as_bytes(),
        "n.ipynb",
        FileKind::Notebook,
        &["# A\n$x^2$ *[picture: plot of x]*\n\n```julia\n1+1\n```\n\n```\n2\n```"],
        &["AAAA"],
    );
    let three = r#"{"nbformat":3,"worksheets":[{"cells":[{"cell_type":"heading","level":2,"source":["Old"]},{"cell_type":"code","input":["x"],"outputs":[{"output_type":"stream","text":["out"]}]}]}]}"#;
    check(
        three.as_bytes(),
        "n.ipynb",
        FileKind::Notebook,
        &["## Old\n\n```python\nx\n```\n\n```\nout\n```"],
        &[],
    );
}

#[test]
fn subtitles_are_sentences_said_once_by_whom() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n<i>Cells are</i>\n\n2\n00:00:02,100 --> 00:00:04,000\nsmall.\n\n3\n01:00:09,000 --> 01:00:10,000\nNext topic.\n";
    check(srt.as_bytes(), "l.srt", FileKind::Srt, &["Cells are small.\n\nNext topic."], &["00:", "<i>"]);
    check_anchors(srt.as_bytes(), "l.srt", &[("0:00:01", "Cells are small."), ("1:00:09", "Next topic.")]);
    let rolling = "WEBVTT\nKind: captions\n\n00:00.000 --> 00:02.000 align:start\n \nwelcome<00:00:01.000><c> to</c>\n\n00:02.000 --> 00:02.010\nwelcome to\n \n\n00:02.010 --> 00:04.000\nwelcome to\nthe<c> lecture</c>\n";
    check(rolling.as_bytes(), "l.vtt", FileKind::Vtt, &["welcome to the lecture\n"], &["captions", "<c>"]);
    let voices =
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Why?\n\n00:01.000 --> 00:02.000\n<v Bob>Because.\n";
    check(voices.as_bytes(), "l.vtt", FileKind::Vtt, &["Ann: Why?\n\nBob: Because."], &[]);
}

#[test]
fn a_deck_is_its_notes_without_markup_and_media() {
    let notes = [
        ("What is <b>ATP</b>?\u{1f}Energy &amp; more<script>alert(1)</script>[sound:a.mp3]", "bio"),
        ("{{c1::Paris::city}} is in {{c2::the {{c3::north}}}} \\(x^2\\)\u{1f}", ""),
    ];
    for packed in [false, true] {
        check(
            &deck(&notes, packed),
            "d.apkg",
            FileKind::Apkg,
            &["What is **ATP**? Energy & more", "tags: bio", "Paris is in the north $x^2$"],
            &["alert", "sound", "{{", "c1"],
        );
    }
}

#[test]
fn entities_of_a_document_are_neither_expanded_nor_fetched() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    check(
        &docx_with(bomb, "<w:p><w:r><w:t>x&b;&f;y</w:t></w:r></w:p>"),
        "e.docx",
        FileKind::Docx,
        &["xy"],
        &["lol", "root:"],
    );
}

#[test]
fn a_wrong_ending_is_read_by_its_content_and_said() {
    let document =
        sharper_reader::read(&docx("<w:p><w:r><w:t>Words</w:t></w:r></w:p>"), "x.pdf", &LIMITS).unwrap();
    assert_eq!((document.kind, document.warnings.len()), (FileKind::Docx, 1));
    let nested = zip(&[("inner.docx", &docx("<w:p/>"))]);
    assert!(sharper_reader::kind_of(&nested, "x.docx").is_err(), "an archive in an archive is not opened");
}
