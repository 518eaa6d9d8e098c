//! One child process: started with nothing of ours, given its input, heard up to a length, and gone when nobody waits.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::protocol::{LIMITED, READ_FILE};

/// How a child of ours is called: with which limits, and as what.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// Our own program.
    program: PathBuf,
    memory: u64,
    cpu: u64,
}

/// A child, and both ends of its pipes.
pub(crate) struct Running {
    pub(crate) process: Child,
    pub(crate) stdin: ChildStdin,
    pub(crate) stdout: ChildStdout,
}

/// What became of a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// It ended by itself, and well.
    Well,
    /// It ended by itself, and says that it failed.
    Failed,
    /// It was ended: by a limit, or because it broke.
    Broken,
}

impl Caller {
    pub(crate) fn new(program: &Path, memory: u64, cpu: u64) -> Self {
        Self { program: program.to_owned(), memory, cpu }
    }

    /// Starts the reader.
    pub(crate) fn reader(&self) -> io::Result<Running> {
        start(self.command(READ_FILE))
    }

    /// Starts another program within the limits.
    pub(crate) fn other(&self, program: &Path, arguments: &[&str]) -> io::Result<Running> {
        let mut command = self.command(LIMITED);
        // Its pages go to several of them: each keeps to one thread.
        command.env("OMP_THREAD_LIMIT", "1").arg("--").arg(program).args(arguments);
        start(command)
    }

    fn command(&self, what: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(what).arg(self.memory.to_string()).arg(self.cpu.to_string());
        command.env_clear().current_dir("/");
        // The allocator is not to reserve more at once than the child may have.
        command.env("MIMALLOC_ARENA_RESERVE", "0");
        command
    }
}

fn start(mut command: Command) -> io::Result<Running> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.kill_on_drop(true).process_group(0);
    let mut process = command.spawn()?;
    let missing = || io::Error::other("a pipe of the child is missing");
    let stdin = process.stdin.take().ok_or_else(missing)?;
    let stdout = process.stdout.take().ok_or_else(missing)?;
    Ok(Running { process, stdin, stdout })
}

impl Running {
    /// Gives it all of this, hears up to `most` bytes, and waits for its end. `None` where it says more.
    pub(crate) async fn exchange(
        self,
        head: Vec<u8>,
        input: Bytes,
        most: usize,
    ) -> io::Result<(Ending, Option<Vec<u8>>)> {
        let Self { mut process, stdin, stdout } = self;
        let ((), heard) = tokio::join!(give(stdin, head, input), hear(stdout, most));
        let heard = heard?;
        if heard.is_none() {
            process.start_kill()?;
        }
        Ok((Ending::of(process.wait().await?), heard))
    }
}

/// Writes all of it. A child that ends early closes its end: what it says, or how it ended, tells why.
pub(crate) async fn give(mut stdin: ChildStdin, head: Vec<u8>, input: Bytes) {
    let written = async {
        stdin.write_all(&head).await?;
        stdin.write_all(&input).await?;
        stdin.shutdown().await
    };
    if let Err(error) = written.await {
        tracing::debug!(%error, "a child did not take all of its input");
    }
}

async fn hear(mut stdout: ChildStdout, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut heard = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    (&mut stdout).take(limit).read_to_end(&mut heard).await?;
    Ok((heard.len() <= most).then_some(heard))
}

impl Ending {
    pub(crate) fn of(status: ExitStatus) -> Self {
        match (status.success(), status.signal()) {
            (true, _) => Ending::Well,
            (false, Some(_)) => Ending::Broken,
            (false, None) => Ending::Failed,
        }
    }
}
