//! A page as it is painted: which characters stand where, and which pictures.

use std::collections::{HashMap, HashSet};

use hayro_interpret::font::{Glyph as Painted, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

/// Units of a glyph's own space to the em, as the interpreter hands glyphs out.
const EM: f64 = 1000.0;

/// A character (or a ligature) where it stands, turned so that its line runs from left to right and lines run downward.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// What it says; `None` where the font does not tell.
    pub(super) text: Option<String>,
    /// Its left edge, in points.
    pub(super) x0: f64,
    /// Where the next one would stand.
    pub(super) x1: f64,
    /// Its base line.
    pub(super) y: f64,
    /// The height of its font.
    pub(super) size: f64,
    /// How often its line is turned by a quarter, clockwise.
    pub(super) turn: u8,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its width in points, as shown.
    pub(super) width: f64,
    /// Its height in points, as shown.
    pub(super) height: f64,
    /// Its characters, in the order in which they are painted.
    pub(super) glyphs: Vec<Glyph>,
    /// The share of the page that pictures cover, at most 1.
    pub(super) pictured: f64,
}

/// What interpreting needs beside the page: the same for all pages of a file.
pub(super) struct Press<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
}

impl<'a> Press<'a> {
    pub(super) fn new(pdf: &'a Pdf) -> Self {
        Self { pdf, cache: InterpreterCache::new() }
    }

    /// Runs the content of a page, with its top left corner at the origin.
    pub(super) fn run(&self, page: &Page<'a>, device: &mut impl Device<'a>) {
        let (width, height) = page.render_dimensions();
        let settings =
            InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let mut context = Context::new(
            Affine::new(page.initial_transform(true).as_coeffs()),
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &self.cache,
            self.pdf.xref(),
            settings,
        );
        interpret_page(page, &mut context, device);
    }

    /// What a page shows.
    pub(super) fn sheet(&self, page: &Page<'a>) -> Sheet {
        let (width, height) = page.render_dimensions();
        let sheet = Sheet { width: f64::from(width), height: f64::from(height), ..Sheet::default() };
        let mut reader = Reader { sheet, seen: HashSet::new(), scales: HashMap::new() };
        self.run(page, &mut reader);
        reader.sheet.pictured = reader.sheet.pictured.min(1.0);
        reader.sheet
    }
}

/// The part of a page (0 to 1) that a picture covers.
pub(super) fn cover(image: &Image<'_, '_>, transform: Affine, width: f64, height: f64) -> f64 {
    let area = transform.determinant().abs() * f64::from(image.width()) * f64::from(image.height());
    if area.is_finite() { (area / (width * height).max(1.0)).clamp(0.0, 1.0) } else { 0.0 }
}

/// Notes what is painted.
struct Reader {
    sheet: Sheet,
    /// Characters and the places where they were painted: bold is made by some programs by painting twice.
    seen: HashSet<(char, i64, i64)>,
    /// How wide a unit of an advance is, for each Type 3 font size met: their em is not told.
    scales: HashMap<i64, f64>,
}

impl Reader {
    fn put(&mut self, text: Option<String>, at: Affine, advance: f64, height: Option<f64>, vertical: bool) {
        let origin = at * Point::ZERO;
        let unit = |x, y| at * Point::new(x, y) - origin;
        let along: Vec2 = unit(1.0, 0.0);
        let size = height.unwrap_or_else(|| unit(0.0, EM).hypot());
        let reach = if vertical { size } else { along.hypot() * advance };
        if ![origin.x, origin.y, size, reach].iter().all(|n| n.is_finite()) || !(0.5..=2000.0).contains(&size)
        {
            return;
        }
        let turn = match (vertical, along.x.abs() >= along.y.abs()) {
            (true, _) => 1,
            (false, true) => u8::from(along.x < 0.0) * 2,
            (false, false) => 1 + 2 * u8::from(along.y < 0.0),
        };
        let (w, h) = (self.sheet.width, self.sheet.height);
        if origin.x < -size || origin.y < -size || origin.x > w + size || origin.y > h + size {
            return;
        }
        let (x, y) = match turn {
            0 => (origin.x, origin.y),
            1 => (origin.y, w - origin.x),
            2 => (w - origin.x, h - origin.y),
            _ => (h - origin.y, origin.x),
        };
        if self.twice(&text, x, y, size) {
            return;
        }
        self.sheet.glyphs.push(Glyph { text, x0: x, x1: x + reach.max(0.0), y, size, turn });
    }

    /// Whether the same character was painted at this very place before.
    fn twice(&mut self, text: &Option<String>, x: f64, y: f64, size: f64) -> bool {
        let Some(letter) = text.as_ref().and_then(|text| text.chars().find(|letter| !letter.is_whitespace()))
        else {
            return false;
        };
        let grain = (size * 0.1).max(0.2);
        let (column, row) = ((x / grain).round() as i64, (y / grain).round() as i64);
        let near = (-1..=1).any(|dx| (-1..=1).any(|dy| self.seen.contains(&(letter, column + dx, row + dy))));
        self.seen.insert((letter, column, row));
        near
    }

    /// The points that a unit of a Type 3 font's advance takes, learned from the distance of neighbours in a run.
    fn scale(&mut self, run: &GlyphRun<'_, '_>, transform: Affine) -> f64 {
        let place = |at: Affine| transform * at * Point::ZERO;
        let key =
            (run.glyphs().first().map_or(1.0, |first| (transform * first.transform()).determinant().abs())
                * 1e9)
                .round() as i64;
        let learned = run
            .glyphs()
            .windows(2)
            .filter_map(|pair| {
                let wide = place(pair[1].transform()) - place(pair[0].transform());
                let advance = match &*pair[0] {
                    Painted::Type3(glyph) => f64::from(glyph.advance_width()?),
                    Painted::Outline(_) => return None,
                };
                (advance > 0.0)
                    .then(|| wide.hypot() / advance)
                    .filter(|ratio| ratio.is_finite() && *ratio > 0.0)
            })
            .reduce(f64::min);
        match learned {
            Some(ratio) => {
                let kept = self.scales.entry(key).or_insert(ratio);
                *kept = kept.min(ratio);
                *kept
            }
            None => self.scales.get(&key).copied().unwrap_or(0.0),
        }
    }
}

impl<'a> Device<'a> for Reader {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for placed in run.glyphs() {
            let text = placed.as_unicode().map(|text| match text {
                BfString::Char(letter) => letter.to_string(),
                BfString::String(letters) => letters,
            });
            let at = props.transform * placed.transform();
            match &**placed {
                Painted::Outline(glyph) => {
                    let advance = glyph.advance_width().map_or(EM / 2.0, f64::from);
                    self.put(text, at, advance, None, vertical);
                }
                Painted::Type3(glyph) => {
                    let scale = self.scale(run, props.transform);
                    let wide = glyph.advance_width().map_or(0.0, f64::from) * scale;
                    let along = (at * Point::new(1.0, 0.0) - at * Point::ZERO).hypot();
                    let advance = if along > 0.0 { wide / along } else { 0.0 };
                    // The em of such a font is unknown: letters are about half as wide as high.
                    let widths = run.glyphs().iter().filter_map(|other| match &**other {
                        Painted::Type3(other) => other.advance_width().map(|width| f64::from(width) * scale),
                        Painted::Outline(_) => None,
                    });
                    let (sum, count) = widths.fold((0.0, 0), |(sum, count), width| (sum + width, count + 1));
                    self.put(
                        text,
                        at,
                        advance,
                        Some((2.0 * sum / f64::from(count.max(1))).max(6.0)),
                        vertical,
                    );
                }
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.sheet.pictured += cover(&image, props.transform, self.sheet.width, self.sheet.height);
    }
}
