//! What the fuzz targets share: errgen's stages in memory, inputs that get through them, and the contract of the modules.

#![forbid(unsafe_code)]

pub mod catalogue;
pub mod ledger;
pub mod stages;

pub mod json;
pub mod retry_after;
pub mod template;

pub mod contract;
pub mod response;
