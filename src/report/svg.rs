//! Drawings written as SVG.
//!
//! Responsible for our own plotters backend: coordinates with one decimal, a `viewBox` and no size, a name for
//! screen readers, and a class for each colour so that the page can turn it dark. Neighbouring lines, and
//! neighbouring bars, of one style are written as one path.
#![expect(clippy::cast_possible_truncation, reason = "a canvas is a few thousand pixels wide")]
#![expect(clippy::cast_sign_loss, reason = "a canvas has no negative size")]

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::prelude::IntoDrawingArea;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::figure::{Drawing, SCALE, draw};
use super::theme::Token;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// The names of one `<svg>` element.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    /// Unique on the page.
    pub(crate) id: &'a str,
    /// Class of the element.
    pub(crate) class: &'a str,
    /// The finding.
    pub(crate) title: &'a str,
    /// How to read it; may be empty.
    pub(crate) about: &'a str,
}

/// One drawing as an `<svg>` element.
pub(crate) fn write(drawing: &Drawing, names: Names<'_>) -> String {
    let mut out = String::new();
    let (width, height) = (number(drawing.width * SCALE), number(drawing.height * SCALE));
    let title = escape(names.title);
    // Writing into a String cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{}\" class=\"{}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"Inter, sans-serif\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>",
        escape(names.id),
        escape(names.class),
    );
    if !names.about.is_empty() {
        let _ = write!(out, "<desc>{}</desc>", escape(names.about));
    }
    let size = ((drawing.width * SCALE).ceil() as u32, (drawing.height * SCALE).ceil() as u32);
    let backend = Svg { out: &mut out, size, run: None };
    // The backend's error type has no values; dropping it writes what is left.
    let _ = draw(drawing, &backend.into_drawing_area());
    out.push_str("</svg>");
    out
}

/// Text made safe between tags and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not allowed in XML at all.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                safe.push('\u{fffd}');
            }
            other => safe.push(other),
        }
    }
    safe
}

/// A backend length in pixels, one decimal, no trailing zero.
fn number(value: f64) -> String {
    let text = format!("{:.1}", value / SCALE);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn coordinate(value: i32) -> String {
    number(f64::from(value))
}

/// A run of lines or bars in one style.
struct Run {
    style: String,
    path: String,
}

struct Svg<'a> {
    out: &'a mut String,
    size: (u32, u32),
    run: Option<Run>,
}

impl Svg<'_> {
    fn flush(&mut self) {
        if let Some(run) = self.run.take() {
            let _ = write!(self.out, "<path d=\"{}\"{}/>", run.path, run.style);
        }
    }

    /// Adds `path` to the run of this style.
    fn extend(&mut self, style: String, path: &str) {
        if self.run.as_ref().is_some_and(|run| run.style != style) {
            self.flush();
        }
        self.run.get_or_insert_with(|| Run { style, path: String::new() }).path.push_str(path);
    }

    fn stroke<S: BackendStyle>(style: &S) -> String {
        let color = style.color();
        let width = number(f64::from(style.stroke_width()));
        // 0.75 px is a stroke of the design; one decimal would make it 0.8.
        let width = if style.stroke_width() == 15 { "0.75".to_owned() } else { width };
        let (class, hex) = name("s", color);
        format!("{class} fill=\"none\" stroke=\"{hex}\" stroke-width=\"{width}\"{}", opacity(color))
    }

    fn fill(color: BackendColor) -> String {
        let (class, hex) = name("f", color);
        format!("{class} fill=\"{hex}\"{}", opacity(color))
    }
}

impl Drop for Svg<'_> {
    fn drop(&mut self) {
        self.flush();
    }
}

/// The class and the hex of a colour.
fn name(kind: &str, color: BackendColor) -> (String, String) {
    let (red, green, blue) = color.rgb;
    Token::of_rgb(color.rgb).map_or_else(
        || (String::new(), format!("#{red:02X}{green:02X}{blue:02X}")),
        |token| (format!(" class=\"{kind}-{}\"", token.name()), token.light()),
    )
}

fn opacity(color: BackendColor) -> String {
    if color.alpha < 1.0 { format!(" opacity=\"{:.2}\"", color.alpha) } else { String::new() }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        // Nothing in a drawing is a pixel.
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let mut steps = String::new();
        for (nth, (x, y)) in path.into_iter().enumerate() {
            let lead = if nth == 0 { 'M' } else { 'L' };
            let _ = write!(steps, "{lead}{} {}", coordinate(x), coordinate(y));
        }
        let stroke = Self::stroke(style);
        if style.color().alpha < 1.0 {
            // Two see-through lines in one path would not add up where they cross.
            self.flush();
        }
        self.extend(stroke, &steps);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (x, y) = (coordinate(upper_left.0), coordinate(upper_left.1));
        let (right, low) = (coordinate(bottom_right.0), coordinate(bottom_right.1));
        let path = format!("M{x} {y}H{right}V{low}H{x}z");
        let style = if fill { Self::fill(style.color()) } else { Self::stroke(style) };
        self.extend(style, &path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.flush();
        let (x, y) = (coordinate(center.0), coordinate(center.1));
        let radius = number(f64::from(radius));
        let style = if fill { Self::fill(style.color()) } else { Self::stroke(style) };
        let _ = write!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{style}/>");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.flush();
        let points: Vec<String> =
            vert.into_iter().map(|(x, y)| format!("{},{}", coordinate(x), coordinate(y))).collect();
        let style = Self::fill(style.color());
        let _ = write!(self.out, "<polygon points=\"{}\"{style}/>", points.join(" "));
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &TStyle,
        pos: BackendCoord,
    ) -> Drawn {
        self.flush();
        let color = style.color();
        let (class, hex) = name("f", color);
        let class = match (class.strip_suffix('"'), style.style()) {
            (Some(open), FontStyle::Bold) => format!("{open} b\" font-weight=\"600\""),
            _ => class,
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\"{class} fill=\"{hex}\" font-size=\"{}\"{anchor}{}>{}</text>",
            coordinate(pos.0),
            coordinate(pos.1),
            number(style.size()),
            opacity(color),
            escape(text)
        );
        Ok(())
    }
}
