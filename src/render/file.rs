//! The results of rendering.

/// The files of a target, sorted by path.
#[derive(Debug)]
pub struct RenderedTarget {
    pub id: String,
    pub files: Vec<RenderedFile>,
}

#[derive(Debug)]
pub struct RenderedFile {
    /// Relative to the output folder, with `/`.
    pub path: String,
    pub content: Vec<u8>,
}
