//! Deflate (RFC 1951) of a block over and over, made without packing it over and over.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// Packed bytes, with what their containers say of them.
pub(super) struct Packed {
    /// Raw deflate.
    pub(super) raw: Vec<u8>,
    /// Of the unpacked bytes.
    pub(super) crc: u32,
    pub(super) adler: u32,
    pub(super) length: u64,
}

impl Packed {
    /// `block`, so many times.
    pub(super) fn over_and_over(block: &[u8], times: u32) -> Self {
        // What finds no room stays in the packer, and would be missing.
        let mut one = Vec::with_capacity(block.len() + 1024);
        let mut compress = Compress::new(Compression::best(), false);
        // Nothing before a full flush is referred to after it: the same bytes can follow themselves.
        compress.compress_vec(block, &mut one, FlushCompress::Full).expect("there is room for all of it");
        assert_eq!(compress.total_in(), block.len() as u64, "all of it was packed");
        let mut raw = one.repeat(times as usize);
        // An empty last block with the fixed code.
        raw.extend([0x03, 0x00]);
        let mut each = Crc::new();
        each.update(block);
        let mut crc = Crc::new();
        let (mut a, mut b) = (1_u64, 0_u64);
        let (sum, weighted) =
            block.iter().rev().zip(1_u64..).fold((0, 0), |(sum, weighted), (byte, place)| {
                (sum + u64::from(*byte), weighted + u64::from(*byte) * place)
            });
        for _ in 0..times {
            crc.combine(&each);
            b = (b + block.len() as u64 * a + weighted) % 65_521;
            a = (a + sum) % 65_521;
        }
        let adler = u32::try_from(b << 16 | a).expect("both are below 2^16");
        Self { raw, crc: crc.sum(), adler, length: block.len() as u64 * u64::from(times) }
    }

    /// With the head and the sum of zlib (RFC 1950).
    pub(super) fn zlib(&self) -> Vec<u8> {
        [&[0x78, 0xda], self.raw.as_slice(), &self.adler.to_be_bytes()].concat()
    }
}

/// Bytes as zlib packs them.
pub(super) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}
