//! The heads: from the states of words to what the decoder reads.

use std::ops::Range;

use rten_gemm::{GemmInputA, GemmInputB, GemmOptions};

use super::layer::{Room, States};
use super::product::{Dense, Kernels, Product, failed, strided};
use super::tensors::Tensors;
use crate::error::ModelError;

/// Numbers of each word (0 is the root) of each window.
pub(crate) struct Layer {
    /// Where the numbers of each window begin, and how many each of its words has.
    places: Vec<(usize, usize)>,
    values: Vec<f32>,
}

impl Layer {
    /// The values of a word of a window.
    pub fn at(&self, window: usize, word: usize) -> &[f32] {
        let (start, width) = self.places[window];
        self.values.get(start + word * width..start + (word + 1) * width).unwrap_or(&[])
    }

    /// The single value of a word.
    pub fn one(&self, window: usize, word: usize) -> f32 {
        self.at(window, word).first().copied().unwrap_or(0.0)
    }

    /// A layer of equally many numbers for each word.
    pub fn even(words: &[Range<usize>], width: usize, values: Vec<f32>) -> Self {
        Self { places: words.iter().map(|w| (w.start * width, width)).collect(), values }
    }
}

/// All that the heads say of a batch.
pub(crate) struct Output {
    pub upos: Layer,
    pub features: Layer,
    pub lemma: Layer,
    pub names: Layer,
    pub cue: Layer,
    pub predicate: Layer,
    pub factuality: Layer,
    pub arc: Layer,
    pub relation_dependent: Layer,
    pub relation_head: Layer,
    pub role_predicate: Layer,
    pub role_argument: Layer,
    pub link_cue: Layer,
    pub link_word: Layer,
}

/// Widths of the views of the words, in the order in which they lie side by side; `export.py` writes them so.
struct Views {
    tag: usize,
    name: usize,
    fact: usize,
    cue: usize,
    arc: usize,
    relation: usize,
    role: usize,
    link: usize,
}

/// The heads.
pub(crate) struct Heads {
    views: Product,
    widths: Views,
    upos: Dense,
    features: Dense,
    lemma: Dense,
    names: Dense,
    cue: Dense,
    predicate: Dense,
    factuality: Dense,
    arc: Dense,
    prior: Dense,
}

impl Heads {
    pub fn read(tensors: &Tensors, kernels: &Kernels, width: usize) -> Result<Self, ModelError> {
        let dense = |name: &str| Dense::read(tensors, kernels, name);
        let rank = |name: &str| -> Result<usize, ModelError> {
            Ok(tensors.floats(&format!("{name}.weight"))?.0.first().copied().unwrap_or(0))
        };
        let heads = Self {
            views: Product::read(tensors, kernels, "views", width)?,
            widths: Views {
                tag: rank("upos")?,
                name: rank("names")?,
                fact: rank("predicate")?,
                cue: rank("cue")?,
                arc: rank("arc")?,
                relation: rank("relation")?,
                role: rank("role")?,
                link: rank("link")?,
            },
            upos: dense("upos")?,
            features: dense("feats")?,
            lemma: dense("lemma")?,
            names: dense("names")?,
            cue: dense("cue")?,
            predicate: dense("predicate")?,
            factuality: dense("factuality")?,
            arc: dense("arc")?,
            prior: dense("arc_prior")?,
        };
        let w = &heads.widths;
        let fits = w.total() == heads.views.outputs()
            && heads.arc.outputs() == w.arc
            && heads.prior.inputs() == w.arc
            && [heads.features.inputs(), heads.lemma.inputs()] == [w.tag; 2]
            && heads.factuality.inputs() == w.fact;
        fits.then_some(heads).ok_or_else(|| tensors.wrong("views", "do not fit the heads"))
    }

    /// What the heads say of the words of each window, given the rows of their first pieces.
    pub fn run(
        &self,
        kernels: &Kernels,
        states: &States,
        starts: &[usize],
        words: &[Range<usize>],
        room: &mut Room,
    ) -> Result<Output, ModelError> {
        let width = self.views.outputs();
        let views = self.views.of_rows(kernels, &states.rounded, starts, true, &mut room.sums)?;
        let mut places = Places { width, next: 0, views: &views, words };
        let w = &self.widths;
        let dense = |layer: &Dense, from: usize| -> Result<Layer, ModelError> {
            Ok(Layer::even(words, layer.outputs(), layer.apply(kernels, &views, width, from)?))
        };
        let [tag, name, fact, cue] = [w.tag, w.name, w.fact, w.cue].map(|width| places.skip(width));
        let [dependent, head] = [w.arc; 2].map(|width| places.skip(width));
        Ok(Output {
            upos: dense(&self.upos, tag)?,
            features: best(dense(&self.features, tag)?, self.features.outputs(), words),
            lemma: best(dense(&self.lemma, tag)?, self.lemma.outputs(), words),
            names: dense(&self.names, name)?,
            cue: dense(&self.cue, cue)?,
            predicate: dense(&self.predicate, fact)?,
            factuality: dense(&self.factuality, fact)?,
            arc: self.arcs(kernels, &views, dependent, head, words)?,
            relation_dependent: places.view(w.relation),
            relation_head: places.view(w.relation),
            role_predicate: places.view(w.role),
            role_argument: places.view(w.role),
            link_cue: places.view(w.link),
            link_word: places.view(w.link),
        })
    }

    /// How well each word of a window would be the head of each.
    fn arcs(
        &self,
        kernels: &Kernels,
        views: &[f32],
        dependent: usize,
        head: usize,
        words: &[Range<usize>],
    ) -> Result<Layer, ModelError> {
        let (width, rank) = (self.views.outputs(), self.widths.arc);
        let turned = self.arc.apply(kernels, views, width, dependent)?;
        let prior = self.prior.apply(kernels, views, width, head)?;
        let mut values = vec![0.0; words.iter().map(|w| w.len() * w.len()).sum()];
        let (mut places, mut start) = (Vec::with_capacity(words.len()), 0);
        for window in words {
            let count = window.len();
            let a = strided(&turned[window.start * rank..window.end * rank], [count, rank], [rank, 1])?;
            let b = strided(&views[window.start * width + head..], [rank, count], [1, width])?;
            let bias = Some(rten_gemm::BiasVector::Row(&prior[window.clone()]));
            let options = GemmOptions { bias, ..Default::default() };
            let out = &mut values[start..start + count * count];
            let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Unpacked(b));
            kernels.floats.gemm(out, a, b, options).map_err(failed)?;
            places.push((start, count));
            start += count * count;
        }
        Ok(Layer { places, values })
    }
}

impl Views {
    fn total(&self) -> usize {
        self.tag + self.name + self.fact + self.cue + 2 * (self.arc + self.relation + self.role + self.link)
    }
}

/// Walks over the views, which lie side by side in each row.
struct Places<'v> {
    width: usize,
    next: usize,
    views: &'v [f32],
    words: &'v [Range<usize>],
}

impl Places<'_> {
    /// Where the next view begins.
    fn skip(&mut self, width: usize) -> usize {
        self.next += width;
        self.next - width
    }

    /// The next view as a layer of its own.
    fn view(&mut self, width: usize) -> Layer {
        let from = self.skip(width);
        let rows = self.views.chunks_exact(self.width);
        let values = rows.flat_map(|row| &row[from..from + width]).copied().collect();
        Layer::even(self.words, width, values)
    }
}

/// The number of the best class of each word.
fn best(layer: Layer, classes: usize, words: &[Range<usize>]) -> Layer {
    let values = layer.values.chunks_exact(classes).map(|row| crate::pairs::best(row).0 as f32).collect();
    Layer::even(words, 1, values)
}
