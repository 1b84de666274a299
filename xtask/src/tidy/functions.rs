//! No function is longer than a page.

use std::path::Path;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::workspace::{relative, sources};

/// Lines from the signature to the closing brace.
const LONGEST: usize = 100;

/// Functions that are too long, and files that cannot be read as Rust.
pub fn breaches(root: &Path) -> Vec<String> {
    sources(root).iter().flat_map(|path| in_file(&relative(root, path), path)).collect()
}

fn in_file(name: &str, path: &Path) -> Vec<String> {
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => return vec![format!("{name}: {error}")],
    };
    match long_functions(&source) {
        Ok(found) => found.into_iter().map(|f| format!("{name}:{f}")).collect(),
        Err(error) => vec![format!("{name}:{}: {error}", error.span().start().line)],
    }
}

fn long_functions(source: &str) -> syn::Result<Vec<String>> {
    let mut functions = Functions::default();
    functions.visit_file(&syn::parse_file(source)?);
    Ok(functions.too_long)
}

#[derive(Default)]
struct Functions {
    too_long: Vec<String>,
}

impl Functions {
    fn measure(&mut self, name: &syn::Ident, signature: Span, body: Span) {
        let (first, last) = (signature.start().line, body.end().line);
        let lines = last + 1 - first;
        if lines > LONGEST {
            self.too_long.push(format!("{first}: function `{name}` has {lines} lines, more than {LONGEST}"));
        }
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig.ident, item.sig.span(), item.block.span());
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig.ident, item.sig.span(), item.block.span());
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.measure(&item.sig.ident, item.sig.span(), body.span());
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(lines: usize) -> String {
        format!("mod m {{ struct S; impl S {{\nfn f() {{\n{}}}\n}} }}", "let _ = 0;\n".repeat(lines - 2))
    }

    #[test]
    fn one_line_too_many() {
        assert!(long_functions(&function(LONGEST)).unwrap().is_empty());
        let found = long_functions(&function(LONGEST + 1)).unwrap();
        assert_eq!(found, ["2: function `f` has 101 lines, more than 100"]);
    }
}
