//! The kernels: structural measures of a graph as pure functions over [`Flat`](crate::network::Flat), one file each.
//!
//! The audit's analyses and `weaktie measure` call the same functions. A kernel knows no person, file or report. It
//! reads flat arrays and hashes nothing; parallel ones split their work into a number of chunks that depends on the
//! input alone and add the chunks in order, so any number of threads gives the same bits.

pub mod backbone;
pub mod betweenness;
pub mod betweenness_weighted;
pub mod blocks;
pub mod bridging;
pub mod catalogue;
mod chunks;
pub mod closeness;
pub mod clustering;
pub mod components;
pub mod cores;
pub mod distances;
pub mod leiden;
pub mod likeness;
pub mod mixing;
pub mod pagerank;
pub mod path_sampling;
pub mod paths;
pub mod resampling;
pub mod roles;
pub mod roles_chance;
pub mod shared;
pub mod structural_holes;
pub mod table;
mod waves;
pub mod what_if;
