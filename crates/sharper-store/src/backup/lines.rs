//! The lines of a backup, on their way into a compressed file and out of it, with the sum over them.

use std::io::{BufRead, BufReader, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{BackupError, Begin, End, FORMAT, Header, Holds, damaged};
use crate::{hex, migrate};

/// How hard is compressed; zstd's own default.
const LEVEL: i32 = 3;

/// How a zstd stream begins (RFC 8878, 3.1.1).
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// Bytes; a first line that is longer is none of ours.
const LONGEST_HEADER: u64 = 1 << 20;

/// Writes lines.
pub(super) struct Writer<W: Write> {
    out: zstd::Encoder<'static, W>,
    sum: Sha256,
    rows: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(to: W, header: &Header) -> Result<Self, BackupError> {
        let mut out = zstd::Encoder::new(to, LEVEL)?;
        out.include_checksum(true)?;
        let mut lines = Self { out, sum: Sha256::new(), rows: 0 };
        lines.json(header)?;
        Ok(lines)
    }

    pub(super) fn begin(&mut self, table: &Begin) -> Result<(), BackupError> {
        self.json(table)
    }

    pub(super) fn row(&mut self, row: &serde_json::Value) -> Result<(), BackupError> {
        self.rows += 1;
        self.json(row)
    }

    /// Writes the sum, and answers with what was written into and the rows.
    pub(super) fn end(mut self) -> Result<(W, u64), BackupError> {
        let end = End { rows: self.rows, sha256: hex(&self.sum.finalize_reset()) };
        self.json(&end)?;
        let mut to = self.out.finish()?;
        to.flush()?;
        Ok((to, self.rows))
    }

    fn json(&mut self, line: &impl Serialize) -> Result<(), BackupError> {
        let mut line = serde_json::to_vec(line).map_err(std::io::Error::other)?;
        line.push(b'\n');
        self.sum.update(&line);
        Ok(self.out.write_all(&line)?)
    }
}

/// Reads lines.
pub(super) struct Reader<R: Read> {
    input: BufReader<zstd::Decoder<'static, BufReader<R>>>,
    header: Header,
    sum: Sha256,
    rows: u64,
}

/// What comes after the header.
pub(super) enum Line {
    Begin(Begin),
    Row(Vec<serde_json::Value>),
    End,
}

impl<R: Read> Reader<R> {
    /// Reads the header, and refuses what this program cannot read.
    pub(super) fn new(from: R) -> Result<Self, BackupError> {
        let mut from = BufReader::new(from);
        if !from.fill_buf()?.starts_with(&MAGIC) {
            return Err(BackupError::NotOurs);
        }
        let mut input = BufReader::new(zstd::Decoder::with_buffer(from)?);
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line);
        read.map_err(unpacking)?;
        let said: serde_json::Value = serde_json::from_slice(&line).map_err(|_| BackupError::NotOurs)?;
        let format = said["study_sharper_backup"].as_i64().ok_or(BackupError::NotOurs)?;
        newer("format", format, i64::from(FORMAT))?;
        let header: Header = serde_json::from_value(said)
            .map_err(|error| damaged(format!("its first line is not right: {error}")))?;
        newer("schema", header.schema, migrate::known())?;
        Ok(Self { input, header, sum: Sha256::new_with_prefix(&line), rows: 0 })
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    pub(super) fn holds(&self) -> Holds {
        Holds { schema: self.header.schema, created_at: self.header.created_at, rows: self.rows }
    }

    /// The next line. With the last one the sum is checked.
    pub(super) fn next(&mut self) -> Result<Line, BackupError> {
        let mut line = Vec::new();
        let read = self.input.read_until(b'\n', &mut line);
        let read = read.map_err(unpacking)?;
        if read == 0 || line.last() != Some(&b'\n') {
            return Err(damaged("it ends too early"));
        }
        if line.first() == Some(&b'[') {
            self.sum.update(&line);
            self.rows += 1;
            return parsed(&line).map(Line::Row);
        }
        if line.starts_with(b"{\"table\"") {
            self.sum.update(&line);
            return parsed(&line).map(Line::Begin);
        }
        let end: End = parsed(&line)?;
        let sum = hex(&self.sum.finalize_reset());
        if (end.rows, end.sha256) != (self.rows, sum) {
            return Err(damaged("its content is not what was written"));
        }
        match self.input.read(&mut [0]) {
            Ok(0) => Ok(Line::End),
            _ => Err(damaged("something stands after its end")),
        }
    }
}

fn unpacking(error: std::io::Error) -> BackupError {
    damaged(format!("it cannot be unpacked ({error})"))
}

fn newer(what: &'static str, found: i64, known: i64) -> Result<(), BackupError> {
    if found > known { Err(BackupError::Newer { what, found, known }) } else { Ok(()) }
}

fn parsed<T: DeserializeOwned>(line: &[u8]) -> Result<T, BackupError> {
    serde_json::from_slice(line).map_err(|error| damaged(format!("a line is not right: {error}")))
}
