//! Decks out of a child: their cards as JSON, their files as bytes, nothing believed that can be looked at.

use std::collections::HashMap;
use std::io;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use sharper_domain::{Deck, DeckMedia, FileFault};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::ChildStdout;
use tokio::task::JoinSet;

use crate::child::{Caller, Ending, give};
use crate::protocol::{DeckFrame, LINE_BYTES, SentDeck};
use crate::reader::ReadError;

/// What a page may show or play.
const KINDS: [&str; 3] = ["image/", "audio/", "video/"];

/// The decks in a file. `task` is the first line for the child, `most` how many bytes it may say in all.
pub(crate) async fn read(
    reader: &Caller,
    task: Vec<u8>,
    bytes: Bytes,
    most: usize,
) -> Result<Result<Vec<Deck>, FileFault>, ReadError> {
    let mut child = reader.reader().map_err(ReadError::NoChild)?;
    let mut given = JoinSet::new();
    given.spawn(give(child.stdin, task, bytes));
    let heard = hear(&mut BufReader::new(child.stdout), most).await;
    if heard.is_err() {
        // It says what it should not, or it is gone already.
        let _ = child.process.start_kill();
    }
    let ending = Ending::of(child.process.wait().await.map_err(ReadError::NoChild)?);
    match heard {
        Ok(said) => Ok(said),
        Err(_) if ending == Ending::Failed => Err(ReadError::ChildFailed),
        Err(_) => Ok(Err(FileFault::TooHard)),
    }
}

/// # Errors
/// Where the child breaks off or says something else than it should.
async fn hear(from: &mut BufReader<ChildStdout>, most: usize) -> io::Result<Result<Vec<Deck>, FileFault>> {
    let mut left = most;
    let mut files: HashMap<String, DeckMedia> = HashMap::new();
    let mut decks = Vec::new();
    loop {
        let mut line = Vec::new();
        (&mut *from).take(LINE_BYTES as u64).read_until(b'\n', &mut line).await?;
        let (media, bytes) = match serde_json::from_slice(&line).map_err(io::Error::other)? {
            DeckFrame::End => return Ok(Ok(decks)),
            DeckFrame::Fault(fault) => return Ok(Err(fault)),
            DeckFrame::Media { name, kind, bytes } => (Some((name, kind)), bytes),
            DeckFrame::Deck { bytes } => (None, bytes),
        };
        let Some(rest) = left.checked_sub(bytes) else { return Ok(Err(FileFault::TooMuch)) };
        left = rest;
        let mut body = vec![0; bytes];
        from.read_exact(&mut body).await?;
        match media {
            Some((name, kind)) if KINDS.iter().any(|known| kind.starts_with(known)) => {
                let hash: String = Sha256::digest(&body).iter().map(|byte| format!("{byte:02x}")).collect();
                files.insert(hash.clone(), DeckMedia { hash, name, kind, bytes: body });
            }
            Some(_) => return Err(io::Error::other("no file that a card can show")),
            None => {
                let deck: SentDeck = serde_json::from_slice(&body).map_err(io::Error::other)?;
                let SentDeck { guid, title, cards, foreign, warnings, media } = deck;
                let media = media.iter().filter_map(|hash| files.get(hash).cloned()).collect();
                decks.push(Deck { guid, title, cards, media, foreign, warnings });
            }
        }
    }
}
