//! A chart as data: marks in pixels, before any file format.
//!
//! Responsible for the vocabulary of drawings ([`Drawing`], [`Mark`]) and for the one function that puts a
//! drawing on a plotters backend ([`draw`]). Charts never meet a backend, so their content can be tested as data.

mod paint;

pub(crate) use paint::{SCALE, draw};

use super::metrics::{self, Weight};
use super::theme::{self, Token};

/// A chart with its words, in two drawings.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// Stable name, also the file name.
    pub(crate) id: &'static str,
    /// The title: what the chart shows, as a sentence.
    pub(crate) finding: String,
    /// `n · tier · period`.
    pub(crate) provenance: String,
    /// What position, size and colour mean.
    pub(crate) how_to_read: String,
    /// For a desktop and paper.
    pub(crate) wide: Drawing,
    /// For a phone.
    pub(crate) narrow: Drawing,
    /// The finding and provenance of the narrow drawing, where it draws less than the wide one.
    pub(crate) narrow_words: Option<(String, String)>,
    /// The plotted values, folded under the chart.
    pub(crate) table: Option<Table>,
}

/// A small table under a chart.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// What opens it.
    pub(crate) summary: String,
    /// Column heads, with `true` for numbers.
    pub(crate) head: Vec<(&'static str, bool)>,
    /// Cells.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Why a chart is not drawn, as one sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Empty {
    /// The sentence.
    pub(crate) sentence: String,
}

impl Empty {
    /// An empty chart with its sentence.
    pub(crate) fn because<T>(sentence: impl Into<String>) -> Result<T, Self> {
        Err(Self { sentence: sentence.into() })
    }
}

/// A point in pixels, y downwards.
pub(crate) type Point = (f64, f64);

/// Which side of a text stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A line through points.
    Polyline(Vec<Point>),
    /// A closed area.
    Polygon(Vec<Point>),
    /// A circle.
    Circle(Point, f64),
    /// A rectangle: left, top, width, height.
    Rect(f64, f64, f64, f64),
    /// A text on its baseline.
    Text(Label),
}

/// A text in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// Where the anchor meets the baseline.
    pub(crate) at: Point,
    /// The fixed side.
    pub(crate) anchor: Anchor,
    /// Pixels.
    pub(crate) size: f64,
    /// Weight.
    pub(crate) weight: Weight,
    /// The words.
    pub(crate) text: String,
}

/// How it is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Paint {
    /// Inside.
    pub(crate) fill: Option<Token>,
    /// Outline.
    pub(crate) stroke: Option<Token>,
    /// Of the outline.
    pub(crate) width: f64,
    /// On and off lengths.
    pub(crate) dash: Option<(f64, f64)>,
    /// 0..1, flat.
    pub(crate) opacity: f64,
}

impl Paint {
    /// A flat fill.
    pub(crate) const fn fill(token: Token) -> Self {
        Self { fill: Some(token), stroke: None, width: 0.0, dash: None, opacity: 1.0 }
    }

    /// An outline or line.
    pub(crate) const fn stroke(token: Token, width: f64) -> Self {
        Self { fill: None, stroke: Some(token), width, dash: None, opacity: 1.0 }
    }

    /// The same, dashed.
    pub(crate) const fn dashed(self, on: f64, off: f64) -> Self {
        Self { dash: Some((on, off)), ..self }
    }

    /// The same, seen through.
    pub(crate) const fn opacity(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// One thing in a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// What.
    pub(crate) shape: Shape,
    /// How.
    pub(crate) paint: Paint,
}

/// Marks on a canvas, painted in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Drawing {
    /// Pixels.
    pub(crate) width: f64,
    /// Pixels.
    pub(crate) height: f64,
    /// What is on it.
    pub(crate) marks: Vec<Mark>,
}

impl Drawing {
    /// An empty canvas.
    pub(crate) const fn new(width: f64, height: f64) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    /// Adds a mark.
    pub(crate) fn add(&mut self, shape: Shape, paint: Paint) {
        self.marks.push(Mark { shape, paint });
    }

    /// A straight line.
    pub(crate) fn line(&mut self, from: Point, to: Point, paint: Paint) {
        self.add(Shape::Polyline(vec![from, to]), paint);
    }

    /// A filled circle.
    pub(crate) fn dot(&mut self, at: Point, radius: f64, token: Token) {
        self.add(Shape::Circle(at, radius), Paint::fill(token));
    }

    /// A filled circle cut out of what lies beneath by a rim of paper.
    pub(crate) fn cut_dot(&mut self, at: Point, radius: f64, token: Token) {
        self.dot(at, radius + 1.5, Token::Paper);
        self.dot(at, radius, token);
    }

    /// A circle of paper with an outline: last quarter, or a share of people.
    pub(crate) fn hollow(&mut self, at: Point, radius: f64, token: Token) {
        self.dot(at, radius, Token::Paper);
        self.ring(at, radius, token, theme::OUTLINE);
    }

    /// An outline of a circle.
    pub(crate) fn ring(&mut self, at: Point, radius: f64, token: Token, width: f64) {
        self.add(Shape::Circle(at, radius), Paint::stroke(token, width));
    }

    /// A filled rectangle.
    pub(crate) fn bar(&mut self, left: f64, top: f64, width: f64, height: f64, token: Token) {
        self.add(Shape::Rect(left, top, width, height), Paint::fill(token));
    }

    /// A text.
    pub(crate) fn text(&mut self, at: Point, anchor: Anchor, text: &str, style: Type) {
        let label =
            Label { at, anchor, size: style.size, weight: style.weight, text: text.to_owned() };
        self.add(Shape::Text(label), Paint::fill(style.token));
    }

    /// A text on a patch of paper, for where it may meet a line.
    pub(crate) fn patched(&mut self, at: Point, anchor: Anchor, text: &str, style: Type) {
        let area = text_box(at, anchor, text, style);
        self.add(
            Shape::Rect(area.0 - 2.0, area.1, area.2 - area.0 + 4.0, area.3 - area.1),
            Paint::fill(Token::Paper).opacity(0.88),
        );
        self.text(at, anchor, text, style);
    }
}

/// The box a text keeps free: left, top, right, bottom.
pub(crate) fn text_box(at: Point, anchor: Anchor, text: &str, style: Type) -> (f64, f64, f64, f64) {
    let room = metrics::room(text, style.size, style.weight);
    let left = match anchor {
        Anchor::Start => at.0,
        Anchor::Middle => at.0 - room / 2.0,
        Anchor::End => at.0 - room,
    };
    (left, at.1 - style.size * 0.82, left + room, at.1 + style.size * 0.24)
}

/// Size, weight and colour of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Type {
    /// Pixels.
    pub(crate) size: f64,
    /// Weight.
    pub(crate) weight: Weight,
    /// Colour.
    pub(crate) token: Token,
}

impl Type {
    /// Axes and captions.
    pub(crate) const AXIS: Self =
        Self { size: theme::SMALL, weight: Weight::Regular, token: Token::Ink3 };
    /// Legends and remarks.
    pub(crate) const NOTE: Self =
        Self { size: theme::SMALL, weight: Weight::Regular, token: Token::Ink2 };
    /// Names.
    pub(crate) const NAME: Self =
        Self { size: theme::NAME, weight: Weight::Regular, token: Token::Ink };
    /// Titles of regions.
    pub(crate) const REGION: Self =
        Self { size: theme::REGION, weight: Weight::SemiBold, token: Token::Ink };

    /// The same in semi-bold.
    pub(crate) const fn bold(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    /// The same in another colour.
    pub(crate) const fn token(self, token: Token) -> Self {
        Self { token, ..self }
    }

    /// Room for `text`.
    pub(crate) fn room(self, text: &str) -> f64 {
        metrics::room(text, self.size, self.weight)
    }

    /// The text, cut with an ellipsis where it needs more than `most` px.
    pub(crate) fn cut(self, text: &str, most: f64) -> String {
        if self.room(text) <= most {
            return text.to_owned();
        }
        let mut short = text.to_owned();
        while !short.is_empty() && self.room(&format!("{}…", short.trim_end())) > most {
            short.pop();
        }
        format!("{}…", short.trim_end())
    }
}
