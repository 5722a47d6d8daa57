//! Quantiles of sorted values and of the normal distribution: what lies below a share of them. Knows nothing else.

/// The 97.5 % point of the standard normal: so many standard deviations either side make a 95 % interval.
pub const NORMAL_975: f64 = 1.959_963_984_540_054;

/// The value at a share of the way from the first to the last, between two of them by proportion (type 7 of Hyndman & Fan
/// 1996); `None` without values.
///
/// ```
/// use weaktie::quantile::between;
/// assert_eq!(between(&[1.0, 2.0, 4.0], 0.5), Some(2.0));
/// assert_eq!(between(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
/// assert_eq!(between(&[], 0.5), None);
/// ```
#[must_use]
pub fn between(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share.clamp(0.0, 1.0) * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted[whole(place)], sorted[whole(place.ceil())]);
    Some(below + (above - below) * (place - place.floor()))
}

/// The value nearest to a share of the way from the first to the last; `None` without values.
///
/// ```
/// use weaktie::quantile::nearest;
/// assert_eq!(nearest(&[3, 5, 9], 0.95), Some(9));
/// assert_eq!(nearest::<u32>(&[], 0.5), None);
/// ```
#[must_use]
pub fn nearest<T: Copy>(sorted: &[T], share: f64) -> Option<T> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get(whole((share.clamp(0.0, 1.0) * last as f64).round())).copied()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ place ≤ values")]
fn whole(place: f64) -> usize {
    place as usize
}
