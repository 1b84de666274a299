//! The test corpora, read as their authors wrote them. They are scored, never trained on and never looked at by a rule.

mod conllu;
mod ecb;
mod factuality;
mod geo;
mod pages;
mod petrarch;
mod polnear;
mod propbank;
mod timeml;
mod worldwide;

pub use conllu::{Document, Row, Token, Tree, documents, trees};
pub use ecb::{EventMention, EventText, ecb};
pub use factuality::{Target, Targets, factuality};
pub use geo::{GeoArticle, GoldToponym, Sides, geo, geo_sides};
pub use pages::{ArticlePage, DatedPage, NewsPage, article_pages, dated_pages, news_pages};
pub use petrarch::{PetrarchCoding, PetrarchRecord, petrarch};
pub use polnear::{Article, GoldAttribution, Stretch, polnear};
pub use propbank::{GoldPredicate, RoleSentence, propbank};
pub use timeml::{GoldTimex, TimeDocument, timeml};
pub use worldwide::{NamedSentence, entities, worldwide};
