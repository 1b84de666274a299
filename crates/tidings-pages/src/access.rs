//! Is the whole report there, or only the stub that a paywall leaves?

use crate::metadata::{Article, Tags};
use crate::roles::{Role, Roles};
use crate::tree::Tree;

/// A report of more words is whole, whatever the page says of its price.
const WHOLE: usize = 250;

/// Whether the page says that the report is not free, and little of it is there.
pub(crate) fn is_stub(tree: &Tree, roles: &[Roles], tags: &Tags, article: &Article, words: usize) -> bool {
    let locked = |tier: &str| {
        matches!(tier.to_ascii_lowercase().as_str(), "locked" | "paid" | "premium" | "subscriber")
    };
    let told = article.is_free == Some(false) || tags.get("article:content_tier").is_some_and(locked);
    let walled =
        || tree.ids().any(|id| tree.is_element(id) && roles.get(id).is_some_and(|r| r.has(Role::Paywall)));
    words < WHOLE && article.is_free != Some(true) && (told || walled())
}
