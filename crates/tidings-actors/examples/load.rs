//! How long the knowledge takes to load, and what memory it adds: `cargo run --release -p tidings-actors --example load`.

use std::time::Instant;

use tidings_actors::Knowledge;

fn main() {
    let before = resident_kib();
    let begun = Instant::now();
    let known = Knowledge::embedded();
    let loaded = begun.elapsed();
    // The first question may still build what is built on demand.
    let found = known.country_by_name("Norway");
    let asked = begun.elapsed();
    let added = resident_kib().zip(before).map(|(now, then)| now.saturating_sub(then));
    println!("loaded in {:.2} ms, first answer ({found:?}) after {:.2} ms", millis(loaded), millis(asked));
    match added {
        Some(kib) => println!("memory added: {:.1} MB", kib as f64 * 1024.0 / 1e6),
        None => println!("memory added: not known on this system"),
    }
}

fn millis(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Memory of this process that is in use; Linux tells.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
