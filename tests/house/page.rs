//! The names in pages for contributors: paths, modules, constants and types of the tree.

use crate::tree::{Source, root};

/// Stands for a name of the reader's choice: `cli/commands/x.rs`, `tests/corpus/<what>/<case>`.
const PLACEHOLDERS: [&str; 2] = ["x.rs", "..."];

/// The places of a page that name something that is not there.
pub(crate) fn missing(page: &str, sources: &[Source]) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).expect("a page");
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let spans = between(line, "`", "`").into_iter().filter(|span| !is_there(span, sources));
        let links = between(line, "](", ")").into_iter().filter(|link| !leads_somewhere(link, folder));
        found.extend(spans.chain(links).map(|name| format!("{page}:{number}: {name}")));
    }
    found
}

/// The texts between two marks, in the order of the line.
fn between<'t>(line: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((_, after)) = rest.split_once(open) {
        let Some((text, after)) = after.split_once(close) else { break };
        found.push(text);
        rest = after;
    }
    found
}

fn leads_somewhere(link: &str, folder: &str) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    link.contains("://") || path.is_empty() || root().join(folder).join(path).exists()
}

/// Whether the tree has what a span of code names. What is not a name of the tree is not judged.
fn is_there(span: &str, sources: &[Source]) -> bool {
    let is_word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    if span.contains([' ', '(', '#', '*', '-', '=', '"']) || span.starts_with("target/") {
        return true;
    }
    if span.contains('/') {
        return is_path(span);
    }
    if span.ends_with(".rs") {
        return sources.iter().any(|source| source.path.ends_with(&format!("/{span}")));
    }
    if let Some((module, name)) = span.split_once("::") {
        let path = format!("src/{module}/");
        let mut own = sources.iter().filter(|source| source.path.starts_with(&path)).peekable();
        return own.peek().is_none() || own.any(|source| names(source, name));
    }
    if is_word(span) && span.starts_with(char::is_uppercase) {
        return sources.iter().any(|source| names(source, span));
    }
    true
}

/// Whether a path exists below the root or below `src`, as far as it is without placeholders.
fn is_path(path: &str) -> bool {
    let named = |name: &&str| !name.is_empty() && !name.contains('<') && !PLACEHOLDERS.contains(name);
    let path: Vec<&str> = path.split('/').take_while(named).collect();
    let path = path.join("/");
    root().join(&path).exists() || root().join("src").join(&path).exists()
}

/// Whether a file is called so or defines an item or a variant of this name.
fn names(source: &Source, name: &str) -> bool {
    const BEFORE: [&str; 9] =
        ["fn ", "struct ", "enum ", "trait ", "type ", "const ", "static ", "macro_rules! ", "    "];
    let stem = source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs").rsplit('/').next();
    stem == Some(name)
        || source.text.match_indices(name).any(|(at, _)| {
            let after = source.text[at + name.len()..].chars().next();
            let is_whole = after.is_none_or(|c| !c.is_alphanumeric() && c != '_');
            is_whole && BEFORE.iter().any(|before| source.text[..at].ends_with(before))
        })
}
