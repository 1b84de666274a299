//! What holds between the records of one article: which act a speech act is about, what answers, causes, follows or
//! belongs to what, and what talks are on. Each link says in the trail which words made it.

mod acts;
mod connectives;
mod denials;
mod stances;
mod topics;

use tidings_ontology::Triggers;
use tidings_text::Span;

use crate::article::Article;
use crate::draft::{Draft, DraftLink, Why};
use acts::Acts;

pub use acts::{are_of_one_side, on_one_side};

/// A link while it is being found.
struct Found {
    from: usize,
    rel: &'static str,
    to: usize,
    rule: String,
    span: Option<Span>,
}

/// Gives the drafts their links.
pub fn connect(article: &Article, drafts: &mut [Draft], triggers: &Triggers) {
    let acts = Acts::new(article, drafts, triggers);
    let mut found = stances::find(&acts);
    found.extend(connectives::find(&acts));
    found.extend(topics::find(&acts));
    for link in found {
        add(drafts, link);
    }
}

/// What "denied this" denies: the act told before is no fact any more. Gives the acts with their denials.
pub fn deny(article: &Article, drafts: &mut [Draft], triggers: &Triggers) -> Vec<(usize, usize)> {
    let found = denials::find(&Acts::new(article, drafts, triggers));
    found.into_iter().filter_map(|denial| denials::apply(article, drafts, denial)).collect()
}

/// One link between two acts; the first found stays.
fn add(drafts: &mut [Draft], link: Found) {
    let known = drafts[link.from].links.iter().any(|l| l.to == link.to);
    if known || link.from == link.to {
        return;
    }
    let rule = format!("{}: {}", link.rel, link.rule);
    drafts[link.from].trail.push(Why { field: "links", rule, span: link.span });
    drafts[link.from].links.push(DraftLink { rel: link.rel, to: link.to });
}
