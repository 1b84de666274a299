//! Organisations, armed groups and outlets that others have listed.

use std::path::Path;

use super::sources::Sources;
use super::table::Built;
use crate::run::Result;

/// None yet.
pub fn build(_tables: &Path, _sources: &Sources) -> Result<Vec<Built>> {
    Ok(Vec::new())
}
