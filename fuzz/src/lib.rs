//! What the fuzz targets share: errgen's stages in memory, and inputs that get through them.

#![forbid(unsafe_code)]

pub mod catalogue;
pub mod stages;
pub mod template;
