//! What a long run tells while it runs. Knows no terminal.

/// Hears which stage a run has reached.
pub trait Progress: Sync {
    /// A new stage began; `name` is a present participle: "reading".
    fn stage(&self, name: &str);
}

/// Says nothing.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str) {}
}
