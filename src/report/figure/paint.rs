//! A drawing put on a plotters backend.
//!
//! Responsible for the one generic function. plotters counts whole pixels, so a drawing is presented [`SCALE`]
//! times larger; it has no dashes, so a dashed line becomes its dashes.
#![expect(clippy::cast_possible_truncation, reason = "pixels of a page-sized canvas fit an i32")]
#![expect(clippy::cast_sign_loss, reason = "line widths are not negative")]

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind, DrawingBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::{Anchor, Drawing, Label, Mark, Paint, Point, Shape};
use crate::report::metrics::Weight;
use crate::report::theme::Token;

/// Backend pixels for one pixel of the drawing.
pub(crate) const SCALE: f64 = 20.0;

fn px(value: f64) -> i32 {
    (value * SCALE).round() as i32
}

fn at(point: Point) -> (i32, i32) {
    (px(point.0), px(point.1))
}

fn style(token: Token, paint: &Paint, filled: bool) -> ShapeStyle {
    let (red, green, blue) = token.rgb();
    ShapeStyle {
        color: RGBColor(red, green, blue).mix(paint.opacity),
        filled,
        stroke_width: px(paint.width).max(0) as u32,
    }
}

/// Draws every mark of `drawing` on `area`.
pub(crate) fn draw<DB: DrawingBackend>(
    drawing: &Drawing,
    area: &DrawingArea<DB, Shift>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    for mark in &drawing.marks {
        draw_mark(mark, area)?;
    }
    Ok(())
}

fn draw_mark<DB: DrawingBackend>(
    Mark { shape, paint }: &Mark,
    area: &DrawingArea<DB, Shift>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    if let Some(token) = paint.fill {
        let fill = style(token, paint, true);
        match shape {
            Shape::Polyline(_) => {}
            Shape::Polygon(points) => {
                area.draw(&Polygon::new(points.iter().map(|&p| at(p)).collect::<Vec<_>>(), fill))?;
            }
            Shape::Circle(centre, radius) => {
                area.draw(&Circle::new(at(*centre), px(*radius), fill))?;
            }
            Shape::Rect(left, top, width, height) => {
                let corners = [at((*left, *top)), at((left + width, top + height))];
                area.draw(&Rectangle::new(corners, fill))?;
            }
            Shape::Text(label) => {
                area.draw(&Text::new(label.text.as_str(), at(label.at), type_style(label, fill)))?;
            }
        }
    }
    if let Some(token) = paint.stroke {
        let stroke = style(token, paint, false);
        match shape {
            Shape::Circle(centre, radius) => {
                area.draw(&Circle::new(at(*centre), px(*radius), stroke))?;
            }
            Shape::Rect(left, top, width, height) => {
                let corners = [at((*left, *top)), at((left + width, top + height))];
                area.draw(&Rectangle::new(corners, stroke))?;
            }
            Shape::Polyline(points) => {
                for piece in dashes(points, paint.dash) {
                    let path: Vec<_> = piece.into_iter().map(at).collect();
                    area.draw(&PathElement::new(path, stroke))?;
                }
            }
            Shape::Polygon(points) => {
                let closed = points.iter().chain(points.first()).map(|&p| at(p));
                area.draw(&PathElement::new(closed.collect::<Vec<_>>(), stroke))?;
            }
            Shape::Text(_) => {}
        }
    }
    Ok(())
}

/// The text style; `Bottom` stands for the baseline.
fn type_style(label: &Label, fill: ShapeStyle) -> TextStyle<'static> {
    let weight = match label.weight {
        Weight::Regular => FontStyle::Normal,
        Weight::SemiBold => FontStyle::Bold,
    };
    let side = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = ("Inter", label.size * SCALE).into_font().style(weight);
    let mut style = TextStyle::from(font).pos(Pos::new(side, VPos::Bottom));
    style.color = fill.color.to_backend_color();
    style
}

/// A line cut into its dashes; the whole line where there is no dash.
fn dashes(points: &[Point], dash: Option<(f64, f64)>) -> Vec<Vec<Point>> {
    let Some((on, off)) = dash else {
        return vec![points.to_vec()];
    };
    let mut pieces = Vec::new();
    let mut piece: Vec<Point> = Vec::new();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let along = |done: f64| {
            let part = if length > 0.0 { done / length } else { 0.0 };
            (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
        };
        if drawing && piece.is_empty() {
            piece.push(from);
        }
        let mut done = 0.0;
        while length - done > left {
            done += left;
            if drawing {
                piece.push(along(done));
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece.push(along(done));
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            piece.push(to);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_the_line() {
        let pieces = dashes(&[(0.0, 0.0), (45.0, 0.0), (90.0, 0.0)], Some((5.0, 4.0)));
        let drawn: f64 =
            pieces.iter().flat_map(|piece| piece.windows(2).map(|p| p[1].0 - p[0].0)).sum();
        assert_eq!(pieces.len(), 10);
        assert!((drawn - 50.0).abs() < 1e-9, "{drawn}");
    }
}
