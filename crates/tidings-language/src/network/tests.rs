//! Each part beside a plain computation of the same.

use rten_simd::SimdOp;

use super::attention::{Attention, HEAD};
use super::product::{Kernels, Product, Rounded};
use super::rows::{AddAndNorm, BendAndRound, Finish, Norm, NormAndRound, Round};
use super::tensors::Tensors;
use crate::acts::gelu;

/// Numbers without a pattern, between -1 and 1.
fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).max(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as f32 / u32::MAX as f32 * 2.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn assert_near(found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len());
    for (number, (f, e)) in found.iter().zip(expected).enumerate() {
        assert!((f - e).abs() <= tolerance, "number {number}: {f} instead of {e}");
    }
}

fn floats(rounded: &Rounded) -> Vec<f32> {
    let rows = rounded.values.chunks_exact(rounded.width).enumerate();
    rows.flat_map(|(row, values)| {
        values.iter().map(move |v| (f32::from(*v) - f32::from(rounded.zeros[row])) * rounded.scales[row])
    })
    .collect()
}

/// A file with one product: weights [inputs][outputs].
fn product_file(weights: &[i8], inputs: usize, outputs: usize) -> (Vec<u8>, Vec<f32>, Vec<f32>) {
    use safetensors::tensor::{Dtype, TensorView, serialize};
    let (steps, bias) = (numbers(outputs, 7), numbers(outputs, 8));
    let steps: Vec<f32> = steps.iter().map(|s| s.abs() * 0.01 + 0.001).collect();
    let bytes = |list: &[f32]| -> Vec<u8> { list.iter().flat_map(|f| f.to_le_bytes()).collect() };
    let integers: Vec<u8> = weights.iter().map(|w| w.cast_unsigned()).collect();
    let (steps_bytes, bias_bytes) = (bytes(&steps), bytes(&bias));
    let view = |kind, shape: Vec<usize>, data| TensorView::new(kind, shape, data).expect("a tensor");
    let tensors = [
        ("p.weight", view(Dtype::I8, vec![inputs, outputs], &integers[..])),
        ("p.steps", view(Dtype::F32, vec![outputs], &steps_bytes[..])),
        ("p.bias", view(Dtype::F32, vec![outputs], &bias_bytes[..])),
    ];
    (serialize(tensors, None).expect("a file"), steps, bias)
}

#[test]
fn a_row_is_rounded_by_its_own_bounds() {
    let mut rows = numbers(3 * 128, 1);
    rows[128..256].iter_mut().for_each(|x| *x = x.abs() * 90.0 + 3.0);
    rows[256..].fill(0.0);
    let mut rounded = Rounded::default();
    Round { rows: &rows, width: 128, rounded: &mut rounded }.dispatch();
    let found = floats(&rounded);
    assert_near(&found[..128], &rows[..128], 1.0 / 255.0);
    assert_near(&found[128..256], &rows[128..256], 93.0 / 255.0);
    assert_eq!(&found[256..], &rows[256..]);
}

#[test]
fn products_are_those_of_the_rounded_numbers() {
    let (inputs, outputs, count) = (1088, 128, 83);
    let weights: Vec<i8> = numbers(inputs * outputs, 2).iter().map(|x| (x * 63.0) as i8).collect();
    let (file, steps, bias) = product_file(&weights, inputs, outputs);
    let kernels = Kernels::new();
    let tensors = Tensors::open("test", &file).expect("a file");
    let product = Product::read(&tensors, &kernels, "p", inputs).expect("a product");
    let (rows, mut rounded) = (numbers(inputs * count, 3), Rounded::default());
    Round { rows: &rows, width: inputs, rounded: &mut rounded }.dispatch();
    let inside = floats(&rounded);
    let expected: Vec<f32> = (0..count * outputs)
        .map(|at| {
            let (row, column) = (at / outputs, at % outputs);
            let sum: f32 = (0..inputs)
                .map(|i| inside[row * inputs + i] * f32::from(weights[i * outputs + column]))
                .sum();
            sum * steps[column] + bias[column]
        })
        .collect();
    let mut room = Vec::new();
    let mut found = vec![0.0; count * outputs];
    let sums = product.sums(&kernels, &rounded, &mut room).expect("sums");
    Finish { sums, gelu: false, out: &mut found }.dispatch();
    assert_near(&found, &expected, 1e-3);
    let sums = product.sums(&kernels, &rounded, &mut room).expect("sums");
    Finish { sums, gelu: true, out: &mut found }.dispatch();
    assert_near(&found, &expected.iter().map(|x| gelu(*x)).collect::<Vec<_>>(), 1e-3);

    let bent: Vec<f32> = expected.iter().map(|x| gelu(*x)).collect();
    let mut wide = Rounded::default();
    let sums = product.sums(&kernels, &rounded, &mut room).expect("sums");
    BendAndRound { sums, rounded: &mut wide }.dispatch();
    assert_near(&floats(&wide), &bent, 0.05);

    let norm = Norm { weight: numbers(outputs, 9), bias: numbers(outputs, 10) };
    let states = numbers(count * outputs, 11);
    let (mut found, mut again) = (states.clone(), Rounded::default());
    let sums = product.sums(&kernels, &rounded, &mut room).expect("sums");
    AddAndNorm { sums, norm: &norm, states: &mut found, rounded: &mut again }.dispatch();
    let added: Vec<f32> = states.iter().zip(&expected).map(|(s, e)| s + e).collect();
    assert_near(&found, &normed(&added, &norm), 1e-3);
    assert_near(&floats(&again), &found, 0.05);
}

fn normed(rows: &[f32], norm: &Norm) -> Vec<f32> {
    let width = norm.bias.len();
    rows.chunks_exact(width)
        .flat_map(|row| {
            let mean = row.iter().sum::<f32>() / width as f32;
            let scale = (row.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / width as f32).sqrt();
            row.iter()
                .zip(norm.weight.iter().zip(&norm.bias))
                .map(move |(x, (w, b))| (x - mean) / scale * w + b)
        })
        .collect()
}

#[test]
fn norms_are_those_of_the_books() {
    let norm = Norm { weight: numbers(64, 12), bias: numbers(64, 13) };
    let (rows, mut rounded) = (numbers(64 * 5, 14), Rounded::default());
    let mut found = rows.clone();
    NormAndRound { norm: &norm, states: &mut found, rounded: &mut rounded }.dispatch();
    assert_near(&found, &normed(&rows, &norm), 1e-4);
}

#[test]
fn attention_stays_within_its_sentence() {
    let width = 2 * HEAD;
    let sentences = [0..1, 1..18, 18..51, 51..60];
    let rows = numbers(60 * 3 * width, 15);
    let part = |piece: usize, part: usize, head: usize| {
        let from = (piece * 3 + part) * width + head * HEAD;
        &rows[from..from + HEAD]
    };
    let mut expected = vec![0.0; 60 * width];
    for sentence in &sentences {
        for (piece, head) in sentence.clone().flat_map(|p| [(p, 0), (p, 1)]) {
            let product = |other: usize| -> f32 {
                part(piece, 0, head).iter().zip(part(other, 1, head)).map(|(q, k)| q * k).sum()
            };
            let weights: Vec<f32> = sentence.clone().map(|other| product(other).exp()).collect();
            let sum: f32 = weights.iter().sum();
            for (other, weight) in sentence.clone().zip(&weights) {
                for (column, value) in part(other, 2, head).iter().enumerate() {
                    expected[piece * width + head * HEAD + column] += value * weight / sum;
                }
            }
        }
    }
    let mut found = vec![0.0; 60 * width];
    Attention { rows: &rows, width, sentences: &sentences, out: &mut found }.dispatch();
    assert_near(&found, &expected, 1e-4);
}
