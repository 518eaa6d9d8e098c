//! Words without any looks, for formats that have none.

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use super::dialect::options;

/// The words of Markdown, formulas as they are written, pictures by their description.
pub(crate) fn plain(markdown: &str) -> String {
    let arena = Arena::new();
    let mut out = String::new();
    for node in parse_document(&arena, markdown, &options()).descendants() {
        match &node.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::CodeBlock(block) => {
                out.push('\n');
                out.push_str(&block.literal);
            }
            NodeValue::Math(math) => {
                let mark = if math.display_math { "$$" } else { "$" };
                out.push_str(&format!("{mark}{}{mark}", math.literal));
            }
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::TableCell if !out.is_empty() => out.push(' '),
            value if value.block() && !out.is_empty() && !out.ends_with('\n') => out.push('\n'),
            _ => {}
        }
    }
    out.trim().to_owned()
}
