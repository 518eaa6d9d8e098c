//! Formulas of Office (OMML) and of the web (MathML) as LaTeX.

use crate::tree::{Child, Node};

/// A formula between dollars; `display` for one that stands by itself.
pub(crate) fn dollars(latex: &str, display: bool) -> String {
    let latex = latex.split_whitespace().collect::<Vec<_>>().join(" ");
    match (latex.is_empty(), display) {
        (true, _) => String::new(),
        (false, true) => format!("$${latex}$$"),
        (false, false) => format!("${latex}$"),
    }
}

/// A formula of Office Math (ECMA-376 part 1, §22.1).
pub(crate) fn omml(node: &Node) -> String {
    node.nodes().map(omml_element).collect()
}

fn omml_element(node: &Node) -> String {
    let part = |name: &str| node.child(name).map(omml).unwrap_or_default();
    let property = |properties: &str, name: &str| {
        node.at(&[properties, name]).and_then(|node| node.attr("val")).map(str::to_owned)
    };
    match &*node.name {
        "r" => node.nodes().filter(|node| &*node.name == "t").map(|text| symbols(&text.text())).collect(),
        "f" => format!("\\frac{{{}}}{{{}}}", part("num"), part("den")),
        "sSup" => format!("{}^{{{}}}", base(&part("e")), part("sup")),
        "sSub" => format!("{}_{{{}}}", base(&part("e")), part("sub")),
        "sSubSup" => format!("{}_{{{}}}^{{{}}}", base(&part("e")), part("sub"), part("sup")),
        "sPre" => format!("{{}}_{{{}}}^{{{}}}{}", part("sub"), part("sup"), part("e")),
        "rad" => match part("deg") {
            degree if degree.trim().is_empty() => format!("\\sqrt{{{}}}", part("e")),
            degree => format!("\\sqrt[{degree}]{{{}}}", part("e")),
        },
        "nary" => {
            let sign = symbols(&property("naryPr", "chr").unwrap_or_else(|| "∫".to_owned()));
            format!("{}{}{{{}}}", sign.trim_end(), scripts(&part("sub"), &part("sup")), part("e"))
        }
        "d" => {
            let open = property("dPr", "begChr").unwrap_or_else(|| "(".to_owned());
            let close = property("dPr", "endChr").unwrap_or_else(|| ")".to_owned());
            let parts: Vec<String> = node.nodes().filter(|node| &*node.name == "e").map(omml).collect();
            format!("{}{}{}", delimiter(&open), parts.join(", "), delimiter(&close))
        }
        "func" => format!("{} {}", function(&part("fName")), part("e")),
        "limLow" => format!("{}_{{{}}}", function(&part("e")), part("lim")),
        "limUpp" => format!("{}^{{{}}}", part("e"), part("lim")),
        "acc" => accent(&property("accPr", "chr").unwrap_or_else(|| "\u{302}".to_owned()), &part("e")),
        "bar" => format!("\\overline{{{}}}", part("e")),
        "groupChr" => format!("\\underbrace{{{}}}", part("e")),
        "m" => matrix(node, "mr", "e", omml),
        "eqArr" => {
            let rows: Vec<String> = node.nodes().filter(|node| &*node.name == "e").map(omml).collect();
            format!("\\begin{{aligned}}{}\\end{{aligned}}", rows.join(" \\\\ "))
        }
        name if name.ends_with("Pr") => String::new(),
        _ => omml(node),
    }
}

/// A formula of MathML: what its author wrote as TeX where that is kept, else its presentation.
pub(crate) fn mathml(node: &Node) -> String {
    let mut annotations = Vec::new();
    node.all("annotation", &mut annotations);
    let tex = annotations
        .iter()
        .find(|node| node.attr("encoding").is_some_and(|kind| kind.contains("tex") || kind.contains("TeX")));
    if let Some(tex) = tex {
        return plain_tex(&tex.text());
    }
    match node.attr("alttext") {
        Some(tex) if tex.contains(['\\', '^', '_']) => plain_tex(tex),
        _ => mathml_row(node),
    }
}

/// TeX without the wrapping that encyclopedias put around it.
pub(crate) fn plain_tex(tex: &str) -> String {
    let tex = tex.trim();
    let inner = tex.strip_prefix("{\\displaystyle").or_else(|| tex.strip_prefix("{\\textstyle"));
    inner.and_then(|inner| inner.strip_suffix('}')).unwrap_or(tex).trim().to_owned()
}

fn mathml_row(node: &Node) -> String {
    node.nodes().map(mathml_element).collect()
}

fn mathml_element(node: &Node) -> String {
    let parts: Vec<&Node> = node.nodes().collect();
    let part = |index: usize| parts.get(index).map(|node| mathml_element(node)).unwrap_or_default();
    match &*node.name {
        "mi" | "mn" | "mo" | "ms" => match symbols(node.text().trim()) {
            name if &*node.name == "mi" && name.chars().count() > 1 && !name.contains('\\') => {
                function(&name)
            }
            other => other,
        },
        "mtext" => match node.text().trim() {
            "" => " ".to_owned(),
            words => format!("\\text{{{words}}}"),
        },
        "mfrac" => format!("\\frac{{{}}}{{{}}}", part(0), part(1)),
        "msup" => format!("{}^{{{}}}", base(&part(0)), part(1)),
        "msub" => format!("{}_{{{}}}", base(&part(0)), part(1)),
        "msubsup" | "munderover" => format!("{}{}", base(&part(0)), scripts(&part(1), &part(2))),
        "munder" => format!("{}_{{{}}}", base(&part(0)), part(1)),
        "mover" => match parts.get(1).map(|node| node.text()).unwrap_or_default().trim() {
            mark if mark.chars().count() == 1 && accent(mark, "").starts_with("\\") => accent(mark, &part(0)),
            _ => format!("{}^{{{}}}", base(&part(0)), part(1)),
        },
        "msqrt" => format!("\\sqrt{{{}}}", mathml_row(node)),
        "mroot" => format!("\\sqrt[{}]{{{}}}", part(1), part(0)),
        "mtable" => matrix(node, "mtr", "mtd", mathml_row),
        "mfenced" => {
            format!("({})", parts.iter().map(|node| mathml_element(node)).collect::<Vec<_>>().join(", "))
        }
        "annotation" | "annotation-xml" => String::new(),
        _ if parts.is_empty() => node
            .children
            .iter()
            .map(|child| match child {
                Child::Text(text) => symbols(text.trim()),
                Child::Node(_) => String::new(),
            })
            .collect(),
        _ => mathml_row(node),
    }
}

fn matrix(node: &Node, row: &str, cell: &str, inner: fn(&Node) -> String) -> String {
    let cells = |node: &Node| {
        node.nodes().filter(|node| &*node.name == cell).map(inner).collect::<Vec<_>>().join(" & ")
    };
    let rows: Vec<String> = node.nodes().filter(|node| &*node.name == row).map(cells).collect();
    format!("\\begin{{matrix}}{}\\end{{matrix}}", rows.join(" \\\\ "))
}

/// What a script is set to: more than one symbol is held together by braces.
fn base(words: &str) -> String {
    let words = words.trim();
    if words.chars().count() <= 1
        || words.chars().all(|character| character == '\\' || character.is_alphabetic())
        || words.ends_with([')', ']', '}'])
    {
        words.to_owned()
    } else {
        format!("{{{words}}}")
    }
}

fn scripts(sub: &str, sup: &str) -> String {
    let mut out = String::new();
    for (mark, script) in [('_', sub), ('^', sup)] {
        if !script.trim().is_empty() {
            out.push_str(&format!("{mark}{{{script}}}"));
        }
    }
    out
}

fn delimiter(mark: &str) -> &str {
    match mark {
        "{" => "\\{",
        "}" => "\\}",
        "⟨" | "〈" => "\\langle ",
        "⟩" | "〉" => "\\rangle ",
        other => other,
    }
}

fn function(name: &str) -> String {
    let known = [
        "sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "lim", "max", "min", "sup", "inf",
        "det", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "gcd", "dim", "ker",
    ];
    match name.trim() {
        name if known.contains(&name) => format!("\\{name} "),
        name if name.chars().count() > 1 && name.chars().all(char::is_alphabetic) => {
            format!("\\mathrm{{{name}}}")
        }
        name => name.to_owned(),
    }
}

fn accent(mark: &str, inner: &str) -> String {
    let command = match mark {
        "\u{302}" | "^" | "ˆ" => "hat",
        "\u{303}" | "~" | "˜" => "tilde",
        "\u{305}" | "\u{304}" | "¯" | "‾" | "―" => "bar",
        "\u{20d7}" | "→" => "vec",
        "\u{307}" | "˙" => "dot",
        "\u{308}" | "¨" => "ddot",
        _ => return format!("{inner}{mark}"),
    };
    format!("\\{command}{{{inner}}}")
}

/// Signs as LaTeX calls them; letters in mathematical alphabets as plain letters.
fn symbols(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match NAMES.iter().find(|(sign, _)| *sign == character) {
            Some((_, name)) => out.push_str(&format!("\\{name} ")),
            None => match character {
                // Invisible operators say nothing.
                '\u{2061}'..='\u{2064}' | '\u{200b}' => {}
                '\u{2212}' => out.push('-'),
                '%' | '#' | '&' | '$' => {
                    out.push('\\');
                    out.push(character);
                }
                '\u{1d400}'..='\u{1d7ff}' => out.push(plain_letter(character)),
                other => out.push(other),
            },
        }
    }
    out
}

/// A letter of the block Mathematical Alphanumeric Symbols, without its style. The block is runs of 52 Latin letters up
/// to U+1D6A3, and of digits from U+1D7CE; Greek is left as it is.
fn plain_letter(character: char) -> char {
    let code = u32::from(character);
    let plain = match code {
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            upper @ 0..=25 => u32::from('A') + upper,
            lower => u32::from('a') + lower - 26,
        },
        0x1d7ce..=0x1d7ff => u32::from('0') + (code - 0x1d7ce) % 10,
        other => other,
    };
    char::from_u32(plain).unwrap_or(character)
}

const NAMES: [(char, &str); 75] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "varepsilon"),
    ('ϵ', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('φ', "varphi"),
    ('ϕ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Γ', "Gamma"),
    ('Δ', "Delta"),
    ('Θ', "Theta"),
    ('Λ', "Lambda"),
    ('Ξ', "Xi"),
    ('Π', "Pi"),
    ('Σ', "Sigma"),
    ('Φ', "Phi"),
    ('Ψ', "Psi"),
    ('Ω', "Omega"),
    ('∑', "sum"),
    ('∏', "prod"),
    ('∫', "int"),
    ('∮', "oint"),
    ('∂', "partial"),
    ('∇', "nabla"),
    ('∞', "infty"),
    ('±', "pm"),
    ('∓', "mp"),
    ('×', "times"),
    ('÷', "div"),
    ('⋅', "cdot"),
    ('·', "cdot"),
    ('∘', "circ"),
    ('≤', "le"),
    ('≥', "ge"),
    ('≠', "ne"),
    ('≈', "approx"),
    ('≡', "equiv"),
    ('∼', "sim"),
    ('∝', "propto"),
    ('→', "to"),
    ('←', "leftarrow"),
    ('↔', "leftrightarrow"),
    ('⇒', "Rightarrow"),
    ('⇔', "Leftrightarrow"),
    ('∈', "in"),
    ('∉', "notin"),
    ('⊂', "subset"),
    ('⊆', "subseteq"),
    ('∪', "cup"),
    ('∩', "cap"),
    ('∀', "forall"),
    ('∃', "exists"),
    ('∧', "wedge"),
    ('∨', "vee"),
    ('¬', "neg"),
    ('…', "ldots"),
    ('⋯', "cdots"),
    ('∅', "emptyset"),
    ('ℏ', "hbar"),
    ('⇌', "rightleftharpoons"),
];
