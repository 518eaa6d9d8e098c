//! Jupyter notebooks (nbformat 3 and 4): Markdown as it is, code fenced, what it printed when that is short.

use serde_json::Value;
use sharper_domain::{Document, FileFault, FileKind};

use crate::Limits;
use crate::encoding;
use crate::html;
use crate::paper::Paper;

/// Longest output that is kept of one cell, in bytes and lines.
const LONGEST_OUTPUT: (usize, usize) = (1_000, 20);

/// A notebook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, FileFault> {
    let (text, _) = encoding::decode(bytes, None).ok_or(FileFault::Damaged)?;
    let notebook: Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| FileFault::Damaged)?;
    let language = ["/metadata/kernelspec/language", "/metadata/language_info/name"]
        .iter()
        .find_map(|path| notebook.pointer(path).and_then(Value::as_str))
        .unwrap_or("python");
    let language: String = language
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || "+-#".contains(*character))
        .collect();
    let old =
        notebook["worksheets"].as_array().into_iter().flatten().filter_map(|sheet| sheet["cells"].as_array());
    let cells = notebook["cells"].as_array().into_iter().chain(old).flatten();
    let mut paper = Paper::new(limits);
    for cell in cells {
        let source = if cell["source"].is_null() { lines(&cell["input"]) } else { lines(&cell["source"]) };
        match cell["cell_type"].as_str().unwrap_or_default() {
            "markdown" => markdown(&source, limits, &mut paper)?,
            "heading" => {
                let level = cell["level"].as_u64().and_then(|level| usize::try_from(level).ok()).unwrap_or(1);
                paper.heading(level, &source);
            }
            "code" => {
                paper.code(&language, &source);
                for output in cell["outputs"].as_array().into_iter().flatten() {
                    show(output, &mut paper);
                }
            }
            _ => paper.code("", &source),
        }
    }
    let title = notebook.pointer("/metadata/title").and_then(Value::as_str).map(str::to_owned);
    paper.finish(FileKind::Notebook, title)
}

/// Text that is one string or a list of lines.
fn lines(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().filter_map(Value::as_str).collect(),
        _ => String::new(),
    };
    encoding::tidy(&text)
}

/// A cell of Markdown; one that is HTML is turned into it, and pictures kept in it are left out.
fn markdown(source: &str, limits: &Limits, paper: &mut Paper) -> Result<(), FileFault> {
    let is_html = source.trim_start().starts_with('<') && source.trim_end().ends_with('>');
    if is_html {
        paper.block(&html::fragment(source, limits)?);
    } else {
        paper.block(&without_pictures(source));
    }
    Ok(())
}

/// `![what](…)` as `*[picture: what]*`.
fn without_pictures(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find("![") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 2..];
        let parts = after.split_once("](").and_then(|(said, target)| Some((said, target.split_once(')')?.1)));
        match parts {
            Some((said, behind)) if !said.contains('\n') => {
                out.push_str(&crate::paper::picture(said));
                rest = behind;
            }
            _ => {
                out.push_str("![");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a cell printed, where it is short.
fn show(output: &Value, paper: &mut Paper) {
    let data = if output["data"].is_object() { &output["data"] } else { output };
    let has_picture = data.as_object().is_some_and(|data| {
        data.keys().any(|key| key.starts_with("image/") || matches!(key.as_str(), "png" | "jpeg" | "svg"))
    });
    if has_picture {
        paper.warn("Pictures that the code drew were left out.");
        return;
    }
    let text = match output["output_type"].as_str().unwrap_or_default() {
        "stream" => lines(&output["text"]),
        "error" | "pyerr" => return,
        _ if data["text/plain"].is_null() => lines(&data["text"]),
        _ => lines(&data["text/plain"]),
    };
    if text.len() > LONGEST_OUTPUT.0 || text.lines().count() > LONGEST_OUTPUT.1 {
        paper.warn("Long outputs of code were left out.");
    } else {
        paper.code("", &text);
    }
}
