//! What can be coded? PLOVER as versioned data.
