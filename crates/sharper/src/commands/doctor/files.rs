//! What taking files in needs: a child that can limit itself, and tesseract for pages that are pictures.

use sharper_files::FileReader;

use super::Report;
use crate::config::Configuration;

/// Starts a child that does nothing, and asks tesseract for its languages.
pub(super) fn files(report: &mut Report, configuration: &Configuration) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let (Ok(runtime), Ok(program)) = (runtime, std::env::current_exe()) else {
        return report.fail("files", "this program cannot start itself: no file can be read");
    };
    let reader = FileReader::new(configuration.settings.files.clone(), program);
    runtime.block_on(async {
        limits(report, &reader).await;
        recognition(report, configuration, &reader).await;
    });
}

async fn limits(report: &mut Report, reader: &FileReader) {
    match reader.held().await {
        Err(error) => {
            report.fail("files", format_args!("{error}: look at files.memory_bytes and the process limits"))
        }
        Ok(held) if held.files && held.calls && !held.reaches.is_empty() => {
            report.warn("files", format_args!("read in processes that could {}", held.reaches.join(", ")));
        }
        Ok(held) if held.files && held.calls => {
            report.ok("files", "read in processes that reach no file, no network and little memory");
        }
        Ok(held) => {
            let missing = match (held.files, held.calls) {
                (false, false) => "Landlock and seccomp",
                (false, true) => "Landlock",
                _ => "seccomp",
            };
            report.warn(
                "files",
                format_args!(
                    "read in processes with little memory and time, but this kernel has no {missing}"
                ),
            );
        }
    }
}

async fn recognition(report: &mut Report, configuration: &Configuration, reader: &FileReader) {
    let settings = &configuration.settings.files.ocr;
    let Some(program) = reader.recogniser().program() else {
        let advice = match settings.tesseract.is_empty() {
            true => "off: scans are refused with advice",
            false => {
                "tesseract is not installed: scans are refused with advice. apt-get install tesseract-ocr"
            }
        };
        return report.ok("scans", advice);
    };
    match reader.recogniser().languages().await {
        [] => report.warn(
            "scans",
            format_args!(
                "{} has none of the languages {}: set OCR_LANGUAGES",
                program.display(),
                settings.languages.join(", ")
            ),
        ),
        some => report.ok("scans", format_args!("{} reads {}", program.display(), some.join(", "))),
    }
}
