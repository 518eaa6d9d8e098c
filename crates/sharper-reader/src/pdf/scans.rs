//! The pictures of scanned pages, in a form that text recognition reads.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, SoftMask,
};

use super::sheet::{Press, cover};

/// A picture must cover this part of its page to be (a strip of) the page itself.
const STRIP: f64 = 0.03;

/// The format of a page's picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// JPEG, as it stands in the file.
    Jpeg,
    /// Portable grey map (Netpbm "P5", eight bits).
    Pgm,
}

/// The picture of a scanned page, or a strip of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// The page, from 1. A page that was scanned in strips has several pictures, from its top.
    pub page: u32,
    /// The format of `bytes`.
    pub format: ImageFormat,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// The pictures of a page from its top, upright; `None` if they take more than `room` bytes.
pub(super) fn of<'a>(press: &Press<'a>, page: &Page<'a>, number: u32, room: u64) -> Option<Vec<PageImage>> {
    let (width, height) = page.render_dimensions();
    let mut camera =
        Camera { width: f64::from(width), height: f64::from(height), room, full: false, found: Vec::new() };
    press.run(page, &mut camera);
    camera.found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let image = |(_, format, bytes)| PageImage { page: number, format, bytes };
    (!camera.full).then(|| camera.found.into_iter().map(image).collect())
}

struct Camera {
    width: f64,
    height: f64,
    room: u64,
    full: bool,
    /// The upper edge of each picture, its format, its bytes.
    found: Vec<(f64, ImageFormat, Vec<u8>)>,
}

impl<'a> Device<'a> for Camera {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let pixels = u64::from(image.width()) * u64::from(image.height());
        if self.full || cover(&image, props.transform, self.width, self.height) < STRIP {
            return;
        }
        let (w, h) = (f64::from(image.width()), f64::from(image.height()));
        let corners =
            [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)].map(|(x, y)| (props.transform * Point::new(x, y)).y);
        let top = corners.into_iter().fold(f64::MAX, f64::min);
        let turn = turn(props.transform);
        let taken = jpeg(&image)
            .filter(|_| turn == Some((0, false)))
            .map(|bytes| (ImageFormat::Jpeg, bytes))
            .or_else(|| {
                // What is decoded has a byte a pixel in the end, and three before.
                (pixels <= self.room && pixels <= 60_000_000).then(|| grey(&image)).flatten().map(|grey| {
                    let (turns, mirrored) = turn.unwrap_or((0, false));
                    (ImageFormat::Pgm, grey.turned(turns, mirrored).pgm())
                })
            });
        match taken {
            Some((format, bytes)) if bytes.len() as u64 <= self.room => {
                self.room -= bytes.len() as u64;
                self.found.push((top, format, bytes));
            }
            Some(_) => self.full = true,
            None => self.full |= pixels > self.room,
        }
    }
}

/// How often (by a quarter, clockwise) the page shows a picture turned, after mirroring it from left to right.
fn turn(transform: Affine) -> Option<(u8, bool)> {
    let [a, b, c, d, ..] = transform.as_coeffs();
    if ![a, b, c, d].iter().all(|n| n.is_finite()) {
        return None;
    }
    let mirrored = a * d - b * c < 0.0;
    let (a, b) = if mirrored { (-a, -b) } else { (a, b) };
    let turns = match (a.abs() >= b.abs(), a > 0.0, b > 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    };
    Some((turns, mirrored))
}

/// The picture as it stands in the file, where that is a JPEG in grey or in red, green and blue.
fn jpeg(image: &Image<'_, '_>) -> Option<Vec<u8>> {
    let Image::Raster(raster) = image else { return None };
    let stream = raster.stream();
    let filters = stream.filters();
    // That the one filter is JPEG's is told by its data.
    let plain = filters.len() == 1 && !stream.dict().contains_key(b"Decode");
    if !plain {
        return None;
    }
    let bytes = stream.raw_data().into_owned();
    matches!(components(&bytes), Some(1 | 3)).then_some(bytes)
}

/// The number of colours of a JPEG, from its frame header (ITU-T T.81, B.2.2).
fn components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    bytes.starts_with(&[0xFF, 0xD8]).then_some(())?;
    loop {
        let [0xFF, marker, high, low] = *bytes.get(at..at + 4)?.first_chunk::<4>()? else { return None };
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return bytes.get(at + 9).copied();
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
}

/// A picture in grey, a byte a pixel.
struct Grey {
    width: usize,
    height: usize,
    data: Vec<u8>,
}

fn grey(image: &Image<'_, '_>) -> Option<Grey> {
    let mut grey = None;
    let sized = |width: u32, height: u32, data| Grey { width: width as usize, height: height as usize, data };
    match image {
        // A stencil tells where ink goes.
        Image::Stencil(stencil) => stencil.with_stencil(
            |ink, _| {
                grey = Some(sized(ink.width, ink.height, ink.data.iter().map(|ink| 255 - ink).collect()))
            },
            None,
        ),
        Image::Raster(raster) => raster.with_rgba(
            |image, _| {
                grey = Some(match image {
                    ImageData::Luma(luma) => sized(luma.width, luma.height, luma.data),
                    // Rec. 601's weights, in 256ths.
                    ImageData::Rgb(rgb) => sized(
                        rgb.width,
                        rgb.height,
                        rgb.data
                            .chunks_exact(3)
                            .map(|p| {
                                ((u32::from(p[0]) * 77 + u32::from(p[1]) * 150 + u32::from(p[2]) * 29) >> 8)
                                    as u8
                            })
                            .collect(),
                    ),
                });
            },
            None,
        ),
    }
    grey.filter(|grey| grey.width > 0 && grey.data.len() == grey.width * grey.height)
}

impl Grey {
    /// Mirrored from left to right if asked, then turned clockwise by quarters.
    fn turned(mut self, turns: u8, mirrored: bool) -> Self {
        if mirrored {
            self.data.chunks_exact_mut(self.width).for_each(<[u8]>::reverse);
        }
        if turns >= 2 {
            self.data.reverse();
        }
        if turns % 2 == 1 {
            let (width, height) = (self.width, self.height);
            let data = (0..width)
                .flat_map(|x| (0..height).rev().map(move |y| y * width + x))
                .map(|at| self.data[at])
                .collect();
            self = Self { width: height, height: width, data };
        }
        self
    }

    fn pgm(self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend(self.data);
        bytes
    }
}
