//! `study-sharper config`: the settings in force, as TOML, every secret masked.

use super::say;
use crate::config::Configuration;

/// Prints them, and where they came from.
pub(crate) fn run(configuration: &Configuration) {
    let files: Vec<String> =
        configuration.sources.iter().map(|source| source.path.display().to_string()).collect();
    let files = if files.is_empty() { "no file".to_owned() } else { files.join(", ") };
    say(format_args!("# config/default.toml (compiled in), {files}, and the environment\n"));
    say(configuration.shown().trim_end());
}
