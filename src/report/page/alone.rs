//! The picture to quote and the list of several pages, which stand beside the page.

use std::io::{self, Write};

use askama::Template;

use super::{STYLE, STYLE_HASH};
use crate::present::{QuotePicture, ShelfEntry, words};
use crate::text::{sanitize_lines, single_line, wrap_plain};

/// Columns of a line of the finding, and of the small lines.
const LEAD_WIDTH: usize = 96;
const SMALL_WIDTH: usize = 140;
/// Columns of a name beside its bar.
const NAME_WIDTH: usize = 60;
/// The left end of the bars, and their length.
const BARS: (f64, f64) = (700.0, 460.0);
/// The least height of a picture.
const LEAST_HEIGHT: usize = 675;

/// Writes the picture to quote.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_picture(picture: &QuotePicture<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = PictureTemplate::new(picture).render().map_err(io::Error::other)?;
    out.write_all(sanitize_lines(&text).as_bytes())
}

/// Writes a list of pages.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_shelf(entries: &[ShelfEntry], out: &mut dyn Write) -> io::Result<()> {
    let text = ShelfTemplate { entries }.render().map_err(io::Error::other)?;
    out.write_all(sanitize_lines(&text).as_bytes())
}

#[derive(Template)]
#[template(path = "shelf.html")]
struct ShelfTemplate<'a> {
    entries: &'a [ShelfEntry],
}

impl ShelfTemplate<'_> {
    fn count(&self) -> String {
        words::count(self.entries.len(), "analysis", "analyses")
    }
}

#[derive(Template)]
#[template(path = "picture.svg")]
pub(super) struct PictureTemplate<'a> {
    pub(super) picture: &'a QuotePicture<'a>,
    lines: Vec<PictureLine>,
    bars: Vec<PlacedBar>,
    height: usize,
}

/// A line of text in its place.
#[derive(Debug)]
struct PictureLine {
    y: usize,
    look: Look,
    text: String,
}

/// A bar in its place.
#[derive(Debug)]
struct PlacedBar {
    x: String,
    y: usize,
    width: String,
}

/// Writes line below line.
#[derive(Debug, Default)]
struct Pen {
    y: usize,
    lines: Vec<PictureLine>,
}

/// The look of a line.
#[derive(Clone, Copy, Debug)]
struct Look {
    size: usize,
    serif: bool,
    bold: bool,
    soft: bool,
}

impl Look {
    const SMALL: Self = Self { size: 15, serif: false, bold: false, soft: true };
    const NAME: Self = Self { size: 19, soft: false, ..Self::SMALL };
    const LEAD: Self = Self { size: 22, serif: true, bold: false, soft: false };
    const TITLE: Self = Self { size: 30, bold: true, ..Self::LEAD };
}

impl Pen {
    /// Writes a text in as many lines as it takes in a width in columns.
    fn write(&mut self, text: &str, width: usize, look: Look) {
        for text in wrap_plain(&single_line(text), width) {
            self.y += look.size + look.size / 3;
            self.lines.push(PictureLine { y: self.y, look, text: text.trim_end().to_owned() });
        }
    }
}

impl<'a> PictureTemplate<'a> {
    pub(super) fn new(picture: &'a QuotePicture<'a>) -> Self {
        let (mut pen, mut bars) = (Pen { y: 22, ..Pen::default() }, Vec::new());
        if let Some(marking) = picture.head.marking {
            pen.write(marking, SMALL_WIDTH, Look { bold: true, ..Look::SMALL });
        }
        pen.write(picture.head.title, LEAD_WIDTH * 22 / 30, Look::TITLE);
        if let Some(question) = picture.head.question {
            pen.write(question, SMALL_WIDTH, Look { serif: true, ..Look::SMALL });
        }
        pen.y += 16;
        pen.write(&picture.lead, LEAD_WIDTH, Look::LEAD);
        pen.y += 16;
        pen.write(picture.scale, SMALL_WIDTH, Look { bold: true, ..Look::SMALL });
        for drawn in &picture.bars {
            let tag = if drawn.tag.is_empty() { String::new() } else { format!(" ({})", drawn.tag) };
            pen.y += 13;
            let top = pen.y;
            pen.write(&format!("{}{tag}, {}", drawn.name, drawn.figure), NAME_WIDTH, Look::NAME);
            bars.extend(drawn.bar.iter().flat_map(|bar| &bar.parts).map(|part| PlacedBar {
                x: format!("{:.1}", BARS.0 + BARS.1 * part.start),
                y: top + 7,
                width: format!("{:.1}", BARS.1 * part.length),
            }));
        }
        if let Some(rest) = &picture.rest {
            pen.write(rest, SMALL_WIDTH, Look::SMALL);
        }
        pen.y = (pen.y + 16).max(LEAST_HEIGHT - 64);
        for foot in &picture.foot {
            pen.write(foot, SMALL_WIDTH, Look::SMALL);
        }
        Self { picture, bars, height: (pen.y + 24).max(LEAST_HEIGHT), lines: pen.lines }
    }
}
