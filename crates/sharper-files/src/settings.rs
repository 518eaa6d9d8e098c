//! `[files]` of the configuration: what one file may take, and how many are read at once.

use serde::Deserialize;

/// How files are read. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// The largest file, in bytes.
    pub file_bytes: usize,
    /// Seconds in which one file must have arrived.
    pub arrival_seconds: u64,
    /// Address space of the process that reads one, in bytes.
    pub memory_bytes: u64,
    /// Processor time that reading one may take, in seconds.
    pub cpu_seconds: u64,
    /// The same by the clock on the wall.
    pub wall_seconds: u64,
    /// Most pages, slides or chapters.
    pub pages: u32,
    /// Most bytes that an archive may unpack to.
    pub unpacked_bytes: u64,
    /// Most bytes of text.
    pub text_bytes: usize,
    /// Files read at the same time; 0 takes the number of processors.
    pub slots: usize,
    /// The same of one user.
    pub slots_per_user: usize,
    /// Files of one user that arrive, wait or are read.
    pub under_way_per_user: usize,
    /// The same of everybody.
    pub under_way: usize,
    /// Text recognition in pages that are pictures.
    pub ocr: OcrSettings,
}

impl FileSettings {
    /// Everything that is wrong with the settings, each with what to change.
    pub fn faults(&self) -> Vec<String> {
        let positive = [
            ("file_bytes", self.file_bytes as u64),
            ("arrival_seconds", self.arrival_seconds),
            ("cpu_seconds", self.cpu_seconds),
            ("wall_seconds", self.wall_seconds),
            ("pages", self.pages.into()),
            ("unpacked_bytes", self.unpacked_bytes),
            ("text_bytes", self.text_bytes as u64),
            ("slots_per_user", self.slots_per_user as u64),
            ("under_way_per_user", self.under_way_per_user as u64),
            ("under_way", self.under_way as u64),
            ("ocr.slots", self.ocr.slots as u64),
            ("ocr.parallel", self.ocr.parallel as u64),
            ("ocr.wall_seconds", self.ocr.wall_seconds),
            ("ocr.cpu_seconds", self.ocr.cpu_seconds),
        ];
        let zero = positive.iter().filter(|(_, value)| *value == 0);
        let mut faults: Vec<String> =
            zero.map(|(name, _)| format!("files.{name} must be at least 1")).collect();
        if self.memory_bytes < 128 << 20 {
            faults.push("files.memory_bytes must be at least 128 MiB, or no file can be read".to_owned());
        }
        faults
    }
}

/// Text recognition by the system's `tesseract`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OcrSettings {
    /// The program, by path or by name; empty turns recognition off.
    pub tesseract: String,
    /// Languages, as tesseract names them; those that are installed are taken.
    pub languages: Vec<String>,
    /// Files whose pages are recognised at the same time, of everybody; of one user it is one.
    pub slots: usize,
    /// Pages of one file that are recognised; the others are left out.
    pub pages: u32,
    /// Pages of one file at the same time.
    pub parallel: usize,
    /// Address space for one page, in bytes.
    pub memory_bytes: u64,
    /// Processor time for one page, in seconds.
    pub cpu_seconds: u64,
    /// Seconds for all pages of one file.
    pub wall_seconds: u64,
}
