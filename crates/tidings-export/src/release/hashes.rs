//! The SHA-256 of a file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::Result;

/// Length and hash of a file.
pub fn of(path: &Path) -> Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut length) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        length += read as u64;
    }
    Ok((length, hash.finalize().iter().map(|b| format!("{b:02x}")).collect()))
}
