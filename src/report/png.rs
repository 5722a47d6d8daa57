//! A chart's SVG as a picture.
//!
//! Responsible for pixels alone: the drawing is the SVG that [`super::render`] gives, the letters come from the
//! two embedded faces of Inter, and no font, file or address of the machine is asked. A letter that Inter lacks
//! stands as a box.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, fontdb};

use crate::error::{Error, Result};

use super::metrics::{REGULAR, SEMIBOLD};
use super::theme::Token;

/// Pixels for each unit of a drawing: sharp on a dense screen and in a slide.
const SCALE: f32 = 2.0;
/// The longest side, in pixels: no chart of ours comes near.
const LONGEST: f32 = 16_384.0;

/// Draws one of the charts of [`super::Rendered`] as a PNG, two pixels for each of its units, on the page's light
/// paper. The same SVG gives the same bytes.
///
/// # Errors
/// [`Error::Bug`] where the text is no SVG, or one without a size that a picture can have.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    let options = usvg::Options {
        font_family: "Inter".to_owned(),
        fontdb: faces(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| bug(&error))?;
    let (width, height) = (tree.size().width() * SCALE, tree.size().height() * SCALE);
    let mut picture = (width.max(height) <= LONGEST)
        .then(|| Pixmap::new(whole(width), whole(height)))
        .flatten()
        .ok_or_else(|| bug(&format!("{width:.0} by {height:.0} pixels")))?;
    let (red, green, blue) = Token::Paper.rgb();
    picture.fill(Color::from_rgba8(red, green, blue, 255));
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().map_err(|error| bug(&error))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to LONGEST")]
fn whole(side: f32) -> u32 {
    side.ceil().max(1.0) as u32
}

fn bug(error: &dyn std::fmt::Display) -> Error {
    Error::Bug(format!("a chart could not be drawn as a picture: {error}"))
}

/// The two faces of the design, and no other font.
fn faces() -> Arc<fontdb::Database> {
    static FACES: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut faces = fontdb::Database::new();
        faces.load_font_data(REGULAR.to_vec());
        faces.load_font_data(SEMIBOLD.to_vec());
        faces.set_sans_serif_family("Inter");
        Arc::new(faces)
    };
    Arc::clone(FACES.get_or_init(load))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Options, metrics, render, testing};

    fn pixels(bytes: &[u8]) -> Pixmap {
        Pixmap::decode_png(bytes).unwrap()
    }

    /// Share of a part of the picture (left, top, right, bottom; pixels) that is not paper.
    fn inked(picture: &Pixmap, (left, top, right, bottom): (u32, u32, u32, u32)) -> f64 {
        let paper = Token::Paper.rgb();
        let (mut all, mut ink) = (0, 0);
        for y in top..bottom.min(picture.height()) {
            for x in left..right.min(picture.width()) {
                let p = picture.pixel(x, y).unwrap();
                all += 1;
                ink += u32::from((p.red(), p.green(), p.blue()) != paper);
            }
        }
        f64::from(ink) / f64::from(all)
    }

    fn everywhere(picture: &Pixmap) -> f64 {
        inked(picture, (0, 0, picture.width(), picture.height()))
    }

    #[test]
    fn every_chart_becomes_a_picture_of_twice_its_size() {
        let charts = render(&testing::rich(), Options::default()).charts;
        assert!(charts.len() >= 8);
        for (name, svg) in charts {
            let bytes = png(&svg).unwrap();
            if name == "states.svg" {
                assert_eq!(bytes, png(&svg).unwrap());
            }
            let picture = pixels(&bytes);
            let view = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
            let (width, height) = view.split_once(' ').unwrap();
            let twice = |side: &str| (side.parse::<f64>().unwrap() * 2.0).ceil();
            assert!((f64::from(picture.width()) - twice(width)).abs() < 0.5, "{name}");
            assert!((f64::from(picture.height()) - twice(height)).abs() < 0.5, "{name}");
            let share = everywhere(&picture);
            assert!((0.01..0.8).contains(&share), "{name}: {share}");
        }
    }

    #[test]
    fn words_are_drawn_where_they_stand_in_both_weights() {
        let text = |weight: &str, words: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 80\" \
                 font-family=\"Inter, sans-serif\"><text x=\"4\" y=\"30\" font-size=\"24\" \
                 font-weight=\"{weight}\">{words}</text></svg>"
            )
        };
        let draw = |weight: &str, words: &str| pixels(&png(&text(weight, words)).unwrap());
        let (thin, bold) = (draw("400", "Amira Haddad"), draw("600", "Amira Haddad"));
        assert!(everywhere(&thin) > 0.02 && everywhere(&bold) > everywhere(&thin) * 1.1);
        // Above the baseline and nowhere else; as wide as we measured it.
        let wide = metrics::width("Amira Haddad", 48.0, metrics::Weight::Regular);
        let end = 8 + (0..400).find(|px| f64::from(*px) >= wide).unwrap();
        assert!(inked(&thin, (8, 20, end, 64)) > 0.1);
        assert!(inked(&thin, (0, 80, 400, 160)) < 1e-9);
        assert!(inked(&thin, (end + 4, 0, 400, 160)) < 1e-9);
        assert!(everywhere(&draw("400", "")) < 1e-9);
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert!(matches!(png("no drawing"), Err(Error::Bug(_))));
        let vast = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90000 10\"></svg>";
        assert!(matches!(png(vast), Err(Error::Bug(_))));
    }
}
