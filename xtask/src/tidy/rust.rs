//! One Rust file, parsed: its functions, its production lines, its production string literals.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::Visit;

use super::{Breach, Tree};

/// A parsed file.
pub(super) struct RustFile<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    syntax: syn::File,
}

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    /// The line of its signature.
    pub(super) line: usize,
    /// Lines from the signature to the closing brace.
    pub(super) lines: usize,
    /// Whether only tests run it.
    pub(super) test: bool,
}

/// A string literal and the line it begins on.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) line: usize,
    pub(super) value: String,
}

impl<'a> RustFile<'a> {
    /// Parses every `.rs` file of the tree; a file that does not parse is a breach.
    pub(super) fn parse_all(tree: &'a Tree) -> (Vec<Self>, Vec<Breach>) {
        let mut parsed = Vec::new();
        let mut breaches = Vec::new();
        for (path, text) in tree.iter().filter(|(path, _)| path.ends_with(".rs")) {
            match syn::parse_file(text) {
                Ok(syntax) => parsed.push(Self { path, text, syntax }),
                Err(error) => {
                    let line = error.span().start().line;
                    breaches.push(Breach::new("syntax", path, line, format!("does not parse: {error}")));
                }
            }
        }
        (parsed, breaches)
    }

    /// A file of the given text, for a test.
    #[cfg(test)]
    pub(super) fn of(path: &'a str, text: &'a str) -> Self {
        Self { path, text, syntax: syn::parse_file(text).unwrap() }
    }

    /// Whether the whole file is for tests: below `tests/`, `benches/` or `examples/`, a `tests.rs`, or the kit.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        let file = parts.next_back().unwrap_or_default();
        file == "tests.rs"
            || self.path.starts_with("crates/sharper-testkit/")
            || parts.any(|part| matches!(part, "tests" | "benches" | "examples"))
    }

    /// How many lines stand before the first `#[cfg(test)] mod … { }`; all of them when there is none.
    pub(super) fn production_lines(&self) -> usize {
        let tests = self.syntax.items.iter().find_map(|item| match item {
            syn::Item::Mod(module) if module.content.is_some() && for_tests(&module.attrs) => Some(module),
            _ => None,
        });
        match tests {
            Some(module) => module.span().start().line - 1,
            None => self.text.lines().count(),
        }
    }

    /// Every function, method and default method.
    pub(super) fn functions(&self) -> Vec<Function> {
        let mut finder = FunctionFinder { found: Vec::new(), test: self.is_test() };
        finder.visit_file(&self.syntax);
        finder.found
    }

    /// The names of inline modules and of `mod name;` lines, with their lines.
    pub(super) fn modules(&self) -> Vec<(String, usize)> {
        let mut finder = ModuleFinder(Vec::new());
        finder.visit_file(&self.syntax);
        finder.0
    }

    /// The lines of `#[ignore]` attributes.
    pub(super) fn ignored_tests(&self) -> Vec<usize> {
        let mut finder = IgnoreFinder(Vec::new());
        finder.visit_file(&self.syntax);
        finder.0
    }

    /// The tokens of everything that is not `#[cfg(test)]` or a `#[test]`; none when the file is for tests.
    pub(super) fn production_tokens(&self) -> TokenStream {
        if self.is_test() {
            return TokenStream::new();
        }
        let production = self.syntax.items.iter().filter(|item| !for_tests(attributes(item)));
        production.flat_map(ToTokens::to_token_stream).collect()
    }

    /// The string literals of the production code, inside macros too. Doc comments are not among them.
    pub(super) fn production_literals(&self) -> Vec<Literal> {
        let mut found = Vec::new();
        collect_literals(self.production_tokens(), &mut found);
        found
    }
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Const(item) => &item.attrs,
        syn::Item::Enum(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Static(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether the attributes say `#[test]` (of any runtime), `#[cfg(test)]` or `#[cfg(all(test, …))]`.
fn for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        if path.segments.last().is_some_and(|segment| segment.ident == "test") {
            return true;
        }
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let condition = list.tokens.to_string().replace(' ', "");
        path.is_ident("cfg") && (condition == "test" || condition.starts_with("all(test,"))
    })
}

fn collect_literals(tokens: TokenStream, found: &mut Vec<Literal>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect_literals(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Ok(text) = syn::parse2::<syn::LitStr>(TokenTree::from(literal.clone()).into()) {
                    found.push(Literal { line: literal.span().start().line, value: text.value() });
                }
            }
            TokenTree::Punct(hash) if hash.as_char() == '#' && hash.spacing() == Spacing::Alone => {
                // `#[doc = "…"]` is prose: step over it.
                if let Some(TokenTree::Group(group)) = tokens.peek()
                    && group.stream().to_string().starts_with("doc")
                {
                    tokens.next();
                }
            }
            _ => {}
        }
    }
}

struct FunctionFinder {
    found: Vec<Function>,
    test: bool,
}

impl FunctionFinder {
    fn add(&mut self, signature: &syn::Signature, body: &syn::Block, attributes: &[syn::Attribute]) {
        let line = signature.span().start().line;
        let lines = body.span().end().line - line + 1;
        let test = self.test || for_tests(attributes);
        self.found.push(Function { name: signature.ident.to_string(), line, lines, test });
    }
}

impl<'ast> Visit<'ast> for FunctionFinder {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let outside = self.test;
        self.test |= for_tests(&module.attrs);
        syn::visit::visit_item_mod(self, module);
        self.test = outside;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block, &function.attrs);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block, &function.attrs);
        syn::visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.add(&function.sig, body, &function.attrs);
        }
        syn::visit::visit_trait_item_fn(self, function);
    }
}

struct ModuleFinder(Vec<(String, usize)>);

impl<'ast> Visit<'ast> for ModuleFinder {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.0.push((module.ident.to_string(), module.ident.span().start().line));
        syn::visit::visit_item_mod(self, module);
    }
}

struct IgnoreFinder(Vec<usize>);

impl<'ast> Visit<'ast> for IgnoreFinder {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("ignore") {
            self.0.push(attribute.span().start().line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_counted_from_its_signature_to_its_brace() {
        let file = RustFile::of("a.rs", "/// Doc.\n#[inline]\nfn f(\n    a: u8,\n) {\n    a;\n}\n");
        let f = Function { name: "f".into(), line: 3, lines: 5, test: false };
        assert_eq!(file.functions(), [f]);
    }

    #[test]
    fn methods_and_default_methods_are_functions_too() {
        let file = RustFile::of("a.rs", "impl A { fn b() {} }\ntrait C { fn d() {} fn e(); }\n");
        let names: Vec<String> = file.functions().into_iter().map(|function| function.name).collect();
        assert_eq!(names, ["b", "d"]);
    }

    #[test]
    fn what_stands_in_a_test_module_is_a_test() {
        let file = RustFile::of("a.rs", "fn a() {}\n#[cfg(test)]\nmod t { fn b() {} }\nfn c() {}\n");
        let tests: Vec<bool> = file.functions().into_iter().map(|function| function.test).collect();
        assert_eq!(tests, [false, true, false]);
    }

    #[test]
    fn production_ends_where_the_test_module_begins() {
        assert_eq!(RustFile::of("a.rs", "fn a() {}\n\n#[cfg(test)]\nmod tests {}\n").production_lines(), 2);
    }

    #[test]
    fn a_test_module_in_a_file_of_its_own_ends_nothing() {
        assert_eq!(RustFile::of("a.rs", "#[cfg(test)]\nmod tests;\n\nfn a() {}\n").production_lines(), 4);
    }

    #[test]
    fn literals_are_found_in_macros_and_attributes_but_not_in_docs_or_tests() {
        let file = RustFile::of(
            "a.rs",
            "/// doc\nfn a() { b!(\"one\"); }\n#[arg(env = \"two\")]\nstruct S;\nconst R: &str = r#\"three\"#;\n\
             #[cfg(test)]\nmod t { const X: &str = \"four\"; }\n",
        );
        let values: Vec<String> =
            file.production_literals().into_iter().map(|literal| literal.value).collect();
        assert_eq!(values, ["one", "two", "three"]);
    }

    #[test]
    fn a_condition_that_excludes_tests_is_production() {
        let file = RustFile::of("a.rs", "#[cfg(not(test))]\nconst X: &str = \"here\";\n");
        assert_eq!(file.production_literals(), [Literal { line: 2, value: "here".into() }]);
    }

    #[test]
    fn files_for_tests_are_known_by_their_place() {
        for path in
            ["a/tests/b.rs", "a/benches/b.rs", "a/src/c/tests.rs", "crates/sharper-testkit/src/lib.rs"]
        {
            assert!(RustFile::of(path, "").is_test(), "{path}");
        }
        assert!(!RustFile::of("a/src/testing.rs", "").is_test());
    }

    #[test]
    fn a_file_that_does_not_parse_is_a_breach() {
        let tree = Tree::of(&[("a.rs", "//! A.\nfn {")]);
        let (files, breaches) = RustFile::parse_all(&tree);
        assert!(files.is_empty());
        assert_eq!((breaches[0].rule, breaches[0].line), ("syntax", 2));
    }
}
