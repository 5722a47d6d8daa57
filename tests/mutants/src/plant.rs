//! Source files -> the same with mutants in them, each behind `crate::mutants::on(N)`.
//!
//! What is changed: comparisons (`<` `<=`, `>` `>=`, `==` `!=`), `&&` and `||`, `!`, conditions, `+` `-` `*` `/` beside a
//! number or a cast, and what functions of plain types give. Constants, `const fn`, patterns, types, macros and tests
//! are left alone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use quote::quote;
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, ReturnType, Type, UnOp, parse_quote};

const SWITCH: &str = "//! Which mutant is on.\n\nuse std::sync::OnceLock;\n\n/// Whether this one is.\npub fn on(number: u32) -> bool {\n    static ON: OnceLock<u32> = OnceLock::new();\n    *ON.get_or_init(|| {\n        let said = std::env::var(\"WEAKTIE_MUTANT\").ok();\n        said.and_then(|text| text.parse().ok()).unwrap_or(u32::MAX)\n    }) == number\n}\n";

/// A mutant may be nonsense that the compiler would refuse.
const LENIENT: &str = "#![allow(warnings, arithmetic_overflow, unconditional_panic)]";

/// Which mutants to plant.
pub enum Wanted {
    /// About so many, drawn by a seed.
    Drawn(u64, u64),
    /// Those of a table (number, file, line, mutant), told by file and mutant: lines and numbers move.
    Listed(PathBuf),
}

/// Plants mutants in the rooms of a copy of the tree.
pub fn plant(tree: &Path, wanted: &Wanted, rooms: &[&str]) {
    let mut files = Vec::new();
    for room in rooms {
        let folder = tree.join("src").join(room);
        if folder.is_dir() {
            sources(&folder, &mut files);
        }
        let file = folder.with_extension("rs");
        files.extend(Some(file).filter(|file| file.exists()));
    }
    files.sort();
    let parse = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a source file");
        syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    // First all places are counted, then some of them are drawn.
    let inside = |path: &Path| path.strip_prefix(tree.join("src")).expect("in src").display().to_string();
    let listed: BTreeSet<(String, String)> = match wanted {
        Wanted::Drawn(..) => BTreeSet::new(),
        Wanted::Listed(table) => {
            let text = std::fs::read_to_string(table).expect("the table");
            let fields = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            fields.filter(|f| f.len() > 3).map(|f| (f[1].to_owned(), f[3].to_owned())).collect()
        }
    };
    let (mut all, mut named) = (0, BTreeSet::new());
    for path in &files {
        let every = !listed.is_empty();
        let mut planter = Planter { next: all, chosen: Box::new(move |_| every), found: Vec::new() };
        planter.visit_file_mut(&mut parse(path));
        all = planter.next;
        let file = inside(path);
        let is_listed = |what: &String| listed.contains(&(file.clone(), what.clone()));
        named.extend(planter.found.into_iter().filter(|(_, _, what)| is_listed(what)).map(|found| found.0));
    }
    let (count, seed) = match wanted {
        Wanted::Drawn(count, seed) => (*count, *seed),
        Wanted::Listed(_) => (0, 0),
    };
    let drawn = move |number: u32| {
        let mut x = seed ^ u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % u64::from(all.max(1)) < count
    };
    let chosen = |number: u32| named.contains(&number) || drawn(number);
    let (mut list, mut next, mut planted) = (String::new(), 0, 0);
    for path in &files {
        let mut file = parse(path);
        let mut planter = Planter { next, chosen: Box::new(&chosen), found: Vec::new() };
        planter.visit_file_mut(&mut file);
        next = planter.next;
        if planter.found.is_empty() {
            continue;
        }
        std::fs::write(path, prettyplease::unparse(&file)).expect("written");
        let inside = inside(path);
        for (number, line, what) in planter.found {
            planted += 1;
            let _ = writeln!(list, "{number}\t{inside}\t{line}\t{what}");
        }
    }
    std::fs::write(tree.join("mutants.tsv"), list).expect("written");
    std::fs::write(tree.join("src/mutants.rs"), SWITCH).expect("written");
    let lib = tree.join("src/lib.rs");
    let text = std::fs::read_to_string(&lib).expect("lib.rs");
    std::fs::write(&lib, format!("{LENIENT}\n{text}\npub mod mutants;\n")).expect("written");
    println!("{planted} of {all} mutants planted in {} files", files.len());
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

struct Planter<'a> {
    /// The number of the next place.
    next: u32,
    chosen: Box<dyn Fn(u32) -> bool + 'a>,
    /// Number, line and what is changed to what.
    found: Vec<(u32, usize, String)>,
}

impl Planter<'_> {
    /// A new place; its number if it was drawn.
    fn place(&mut self, span: Span, what: impl FnOnce() -> String) -> Option<u32> {
        let number = self.next;
        self.next += 1;
        if !(self.chosen)(number) {
            return None;
        }
        let what: String = what().split_whitespace().collect::<Vec<_>>().join(" ");
        self.found.push((number, span.start().line, what.chars().take(120).collect()));
        Some(number)
    }

    fn body(&mut self, output: &ReturnType, name: &str, block: &mut syn::Block) {
        let ReturnType::Type(_, kind) = output else { return };
        for value in values_of(kind) {
            let what = || format!("{name} gives {}", quote!(#value));
            if let Some(number) = self.place(block.span(), what) {
                block.stmts.insert(0, parse_quote! { if crate::mutants::on(#number) { return #value; } });
            }
        }
    }
}

/// Plain values of a type, by its name.
fn values_of(kind: &Type) -> Vec<Expr> {
    let Type::Path(path) = kind else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    match last.ident.to_string().as_str() {
        "bool" => vec![parse_quote!(true), parse_quote!(false)],
        "f64" => vec![parse_quote!(0.0), parse_quote!(1.0)],
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => {
            vec![parse_quote!(0), parse_quote!(1)]
        }
        "Option" => vec![parse_quote!(None)],
        "Vec" => vec![parse_quote!(Vec::new())],
        "String" => vec![parse_quote!(String::new())],
        "BTreeMap" => vec![parse_quote!(std::collections::BTreeMap::new())],
        "BTreeSet" => vec![parse_quote!(std::collections::BTreeSet::new())],
        _ => Vec::new(),
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = quote!(#attribute).to_string();
        attribute.path().is_ident("test") || text.contains("cfg (test)")
    })
}

/// Whether a condition binds names, which may stand nowhere else.
fn binds(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(both) => binds(&both.left) || binds(&both.right),
        Expr::Paren(inner) => binds(&inner.expr),
        _ => false,
    }
}

/// Whether an operand is surely a number.
fn is_number(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(lit) => matches!(lit.lit, syn::Lit::Int(_) | syn::Lit::Float(_)),
        Expr::Cast(_) => true,
        Expr::Paren(inner) => is_number(&inner.expr),
        Expr::Unary(inner) => matches!(inner.op, UnOp::Neg(_)),
        Expr::Call(call) => {
            let name = call.func.as_ref();
            quote!(#name).to_string() == "f64 :: from"
        }
        Expr::MethodCall(call) => {
            ["powi", "sqrt", "ln", "exp", "abs", "len", "count"].contains(&call.method.to_string().as_str())
        }
        _ => false,
    }
}

/// What stands in place of an operator.
fn other(both: &syn::ExprBinary) -> Option<BinOp> {
    let is_number = is_number(&both.left) || is_number(&both.right);
    Some(match both.op {
        BinOp::Lt(_) => parse_quote!(<=),
        BinOp::Le(_) => parse_quote!(<),
        BinOp::Gt(_) => parse_quote!(>=),
        BinOp::Ge(_) => parse_quote!(>),
        BinOp::Eq(_) => parse_quote!(!=),
        BinOp::Ne(_) => parse_quote!(==),
        BinOp::And(_) if !binds(&both.left) && !binds(&both.right) => parse_quote!(||),
        BinOp::Or(_) => parse_quote!(&&),
        BinOp::Add(_) if is_number => parse_quote!(-),
        BinOp::Sub(_) if is_number => parse_quote!(+),
        BinOp::Mul(_) if is_number => parse_quote!(/),
        BinOp::Div(_) if is_number => parse_quote!(*),
        _ => return None,
    })
}

impl VisitMut for Planter<'_> {
    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        let attributes = match item {
            syn::Item::Mod(inner) => &inner.attrs,
            syn::Item::Fn(inner) => &inner.attrs,
            syn::Item::Impl(inner) => &inner.attrs,
            syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Macro(_) => return,
            _ => return visit_mut::visit_item_mut(self, item),
        };
        if !is_test(attributes) {
            visit_mut::visit_item_mut(self, item);
        }
    }

    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        if item.sig.constness.is_none() {
            visit_mut::visit_block_mut(self, &mut item.block);
            self.body(&item.sig.output, &item.sig.ident.to_string(), &mut item.block);
        }
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        if item.sig.constness.is_none() && !is_test(&item.attrs) {
            visit_mut::visit_block_mut(self, &mut item.block);
            self.body(&item.sig.output, &item.sig.ident.to_string(), &mut item.block);
        }
    }

    fn visit_impl_item_const_mut(&mut self, _: &mut syn::ImplItemConst) {}

    fn visit_type_mut(&mut self, _: &mut Type) {}

    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}

    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}

    fn visit_expr_repeat_mut(&mut self, repeat: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut repeat.expr);
    }

    fn visit_expr_const_mut(&mut self, _: &mut syn::ExprConst) {}

    fn visit_expr_if_mut(&mut self, branch: &mut syn::ExprIf) {
        let (plain, span) = (branch.cond.clone(), branch.cond.span());
        let is_plain = !binds(&plain) && !matches!(*plain, Expr::Binary(_) | Expr::Unary(_));
        visit_mut::visit_expr_if_mut(self, branch);
        if is_plain && let Some(number) = self.place(span, || format!("if not {}", quote!(#plain))) {
            let then = &branch.cond;
            branch.cond = Box::new(parse_quote!((if crate::mutants::on(#number) { !(#plain) } else { #then })));
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let (plain, span) = (expr.clone(), expr.span());
        visit_mut::visit_expr_mut(self, expr);
        let changed: Expr = match &plain {
            Expr::Binary(both) => {
                let Some(op) = other(both) else { return };
                let mut both = both.clone();
                both.op = op;
                Expr::Binary(both)
            }
            Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => (*not.expr).clone(),
            _ => return,
        };
        let what = || format!("{} -> {}", quote!(#plain), quote!(#changed));
        if let Some(number) = self.place(span, what) {
            *expr = parse_quote!((if crate::mutants::on(#number) { #changed } else { #expr }));
        }
    }
}
