//! Who is it?
