//! What rendering yields.

/// The files that a target yields, sorted by path.
#[derive(Debug)]
pub struct RenderedTarget {
    pub id: String,
    /// The output folder, as the catalogue names it.
    pub out: String,
    pub files: Vec<RenderedFile>,
}

#[derive(Debug)]
pub struct RenderedFile {
    /// Below the output folder, with `/`.
    pub path: String,
    pub content: Vec<u8>,
}
