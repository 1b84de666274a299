//! Readers: bytes of a file or stream to [`Document`](crate::Document)s.
