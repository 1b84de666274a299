//! Pure scorers: gold and system in, counts out. Every one has a test on data small enough to count by hand.

mod attribution;
mod calibration;
mod clusters;
mod correlation;
mod counts;
mod names;
mod roles;
mod segmentation;
mod shingles;
mod syntax;

pub use attribution::{AttributionCounts, WordSets, attributions};
pub use calibration::{BINS, Bin, Calibration};
pub use clusters::{Clusters, Part};
pub use correlation::pearson;
pub use counts::Counts;
pub(crate) use counts::share;
pub use names::{NameSpan, name_counts, without_article};
pub use roles::role_counts;
pub use segmentation::{Boundaries, segmentation};
pub use shingles::{Shingles, mean as mean_of_shingles};
pub use syntax::{Attachment, attachment};
