//! When is it?
