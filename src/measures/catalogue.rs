//! Every measure that `weaktie measure` gives, as a table: id, meaning, unit, and the kernel it comes from.

/// What computes a measure; measures of one kernel share one run of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kernel {
    /// Degrees and strengths.
    Ties,
    /// [`super::betweenness`].
    Betweenness,
    /// [`super::betweenness_weighted`].
    BetweennessWeighted,
    /// [`super::distances`].
    Distances,
    /// [`super::structural_holes`] with every tie alike.
    Holes,
    /// [`super::structural_holes`] with the weights.
    HolesWeighted,
    /// [`super::clustering`], triangles.
    Triangles,
    /// [`super::clustering`], Barrat.
    Barrat,
    /// [`super::clustering`], Onnela.
    Onnela,
    /// [`super::clustering`], shared contacts.
    Embedded,
    /// [`super::cores`].
    Cores,
    /// [`super::pagerank`] with every tie alike.
    PageRank,
    /// [`super::pagerank`] with the weights.
    PageRankWeighted,
    /// [`super::blocks`].
    Blocks,
    /// [`super::components`].
    Components,
    /// [`super::leiden`], and [`super::roles`] by its communities.
    Communities,
}

/// A measure of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Kebab-case and stable: the same word in JSON, CSV and Parquet.
    pub id: &'static str,
    /// In words.
    pub title: &'static str,
    /// Unit and range.
    pub unit: &'static str,
    /// Whether tie weights enter.
    pub is_weighted: bool,
    /// Where it comes from.
    pub kernel: Kernel,
}

const fn plain(id: &'static str, title: &'static str, unit: &'static str, kernel: Kernel) -> Entry {
    Entry { id, title, unit, is_weighted: false, kernel }
}

const fn weighted(
    id: &'static str,
    title: &'static str,
    unit: &'static str,
    kernel: Kernel,
) -> Entry {
    Entry { id, title, unit, is_weighted: true, kernel }
}

/// Every measure, in the order of columns.
pub static CATALOGUE: &[Entry] = &[
    plain("degree", "Ties", "ties", Kernel::Ties),
    weighted("strength", "Sum of tie weights", "weight", Kernel::Ties),
    plain("betweenness", "Betweenness", "pairs", Kernel::Betweenness),
    plain("betweenness-normalized", "Betweenness, normalised", "0..=1", Kernel::Betweenness),
    weighted(
        "betweenness-weighted",
        "Betweenness over lengths 1/weight",
        "pairs",
        Kernel::BetweennessWeighted,
    ),
    weighted(
        "betweenness-inverse-weight",
        "The same, under the name other tools use",
        "pairs",
        Kernel::BetweennessWeighted,
    ),
    plain("closeness", "Closeness (Wasserman-Faust)", "0..=1", Kernel::Distances),
    plain("closeness-component", "Closeness within the component", "0..=1", Kernel::Distances),
    plain("harmonic", "Harmonic centrality", "0..=people - 1", Kernel::Distances),
    plain("constraint", "Constraint", "0 and up; lower is more open", Kernel::Holes),
    plain("effective-size", "Effective size", "contacts", Kernel::Holes),
    plain("efficiency", "Efficiency", "0..=1", Kernel::Holes),
    plain("hierarchy", "Hierarchy", "0..=1", Kernel::Holes),
    weighted(
        "constraint-weighted",
        "Constraint with tie weights",
        "0 and up; lower is more open",
        Kernel::HolesWeighted,
    ),
    weighted(
        "effective-size-weighted",
        "Effective size with tie weights",
        "contacts",
        Kernel::HolesWeighted,
    ),
    weighted("efficiency-weighted", "Efficiency with tie weights", "0..=1", Kernel::HolesWeighted),
    weighted("hierarchy-weighted", "Hierarchy with tie weights", "0..=1", Kernel::HolesWeighted),
    plain("clustering", "Local clustering", "0..=1", Kernel::Triangles),
    plain("triangles", "Triangles", "triangles", Kernel::Triangles),
    weighted("clustering-barrat", "Weighted clustering (Barrat)", "0..=1", Kernel::Barrat),
    weighted("clustering-onnela", "Weighted clustering (Onnela)", "0..=1", Kernel::Onnela),
    plain("embeddedness", "Mean shared contacts of a tie", "contacts", Kernel::Embedded),
    plain("local-bridges", "Ties whose ends share nobody", "ties", Kernel::Embedded),
    plain("core-number", "Core number", "ties", Kernel::Cores),
    plain("pagerank", "PageRank", "0..=1, sums to 1", Kernel::PageRank),
    weighted(
        "pagerank-weighted",
        "PageRank with tie weights",
        "0..=1, sums to 1",
        Kernel::PageRankWeighted,
    ),
    plain("articulation", "People cut off without this one", "people", Kernel::Blocks),
    plain("bridges", "Ties whose loss parts the network", "ties", Kernel::Blocks),
    plain("component", "Number of the component, 0 the largest", "number", Kernel::Components),
    plain("component-size", "People in the component", "people", Kernel::Components),
    weighted("community", "Number of the community, 0 the largest", "number", Kernel::Communities),
    weighted(
        "participation",
        "Spread of ties over the communities",
        "0..=1 - 1/communities",
        Kernel::Communities,
    ),
];

/// The ids under which an estimate stands in for betweenness, with the ends of its interval.
pub const SAMPLED: [&str; 3] =
    ["betweenness-sampled", "betweenness-sampled-low", "betweenness-sampled-high"];

/// The measure of this id.
#[must_use]
pub fn entry(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_kebab_case_and_told_apart() {
        let ids: BTreeSet<&str> = CATALOGUE.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), CATALOGUE.len());
        assert!(ids.iter().all(|id| id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
    }
}
