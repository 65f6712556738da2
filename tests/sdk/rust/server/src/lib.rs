//! The module and its adapter, as an application has them.

pub mod tickets_errors;
pub mod tickets_errors_axum;
