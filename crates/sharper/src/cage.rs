//! The cage of a process that reads what a stranger sent: it limits itself before it reads a byte.
//!
//! Limits on memory, processor time, files and processes always hold. Landlock (no file can be opened) and seccomp (no
//! system call but those that reading takes) are there where the kernel has them; `study-sharper doctor` says so.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, TcpStream, UdpSocket};
use std::path::Path;
use std::process::Command;

use landlock::{
    ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetCreatedAttr,
    RulesetStatus, Scope, path_beneath_rules,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use sharper_files::protocol::Held;

/// What a process may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    /// Address space, in bytes.
    pub(crate) memory: u64,
    /// Processor time, in seconds.
    pub(crate) cpu: u64,
}

/// For a process that computes: it can read its input, write its output, and nothing else.
pub(crate) fn reader(allowance: Allowance) -> anyhow::Result<Held> {
    limits(allowance, 16)?;
    Ok(Held { files: no_files(&[]), calls: only(CALLS_OF_A_READER), reaches: Vec::new() })
}

/// For another program that this process becomes: it can load itself from where programs lie, and reach no network.
pub(crate) fn program(allowance: Allowance, program: &Path) -> anyhow::Result<Held> {
    limits(allowance, 64)?;
    let mut readable = PROGRAMS.map(Path::new).to_vec();
    readable.extend(program.parent());
    Ok(Held { files: no_files(&readable), calls: never(CALLS_OF_THE_NETWORK), reaches: Vec::new() })
}

/// Where programs, their libraries and their data lie.
const PROGRAMS: [&str; 8] =
    ["/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/opt", "/nix/store", "/dev/null"];

/// Tries what a process in a cage must not be able to do, and tells what it could: nothing, where the cage holds. Each try is
/// harmless where it does not.
pub(crate) fn reaches() -> Vec<String> {
    let tries: [(&str, io::Result<()>); 6] = [
        ("open a socket", UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map(drop)),
        ("connect", TcpStream::connect((Ipv4Addr::LOCALHOST, 9)).map(drop)),
        ("read a file", File::open("/proc/self/status").map(drop)),
        ("write a file", File::options().write(true).open("/dev/null").map(drop)),
        ("start a program", Command::new("/bin/true").status().map(drop)),
        ("start a thread", std::thread::Builder::new().spawn(|| ()).map(drop)),
    ];
    // That nobody listens there is told by a network, and is no refusal.
    let refused = |error: &io::Error| {
        matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::WouldBlock | ErrorKind::OutOfMemory)
    };
    let reached = tries.iter().filter(|(_, tried)| !tried.as_ref().is_err_and(refused));
    reached.map(|(what, _)| (*what).to_owned()).collect()
}

fn limits(allowance: Allowance, open_files: u64) -> anyhow::Result<()> {
    let Allowance { memory, cpu } = allowance;
    // The second later kills it that did not end by the first signal.
    let set = |what, soft, hard| setrlimit(what, Rlimit { current: Some(soft), maximum: Some(hard) });
    set(Resource::Core, 0, 0)?;
    set(Resource::Cpu, cpu, cpu + 1)?;
    set(Resource::Fsize, 0, 0)?;
    set(Resource::Nofile, open_files, open_files)?;
    set(Resource::Nproc, 0, 0)?;
    set(Resource::Data, memory, memory)?;
    set(Resource::As, memory, memory)?;
    rustix::thread::set_no_new_privs(true)?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(())
}

/// Takes away every right on files and sockets, but reading what lies below these paths. False where the kernel cannot.
fn no_files(readable: &[&Path]) -> bool {
    const NEWEST: ABI = ABI::V6;
    let read = AccessFs::from_read(NEWEST);
    let restricted = || {
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(NEWEST))?
            .handle_access(AccessNet::from_all(NEWEST))?
            .scope(Scope::from_all(NEWEST))?
            .create()?
            .add_rules(path_beneath_rules(readable.iter().filter(|path| path.exists()), read))?
            .restrict_self()
    };
    restricted().is_ok_and(|status| status.ruleset != RulesetStatus::NotEnforced)
}

/// Lets only these calls pass; any other fails and is not done.
fn only(calls: &[i64]) -> bool {
    filter(
        calls,
        SeccompAction::Errno(rustix::io::Errno::PERM.raw_os_error().unsigned_abs()),
        SeccompAction::Allow,
    )
}

/// Lets all calls pass but these.
fn never(calls: &[i64]) -> bool {
    filter(
        calls,
        SeccompAction::Allow,
        SeccompAction::Errno(rustix::io::Errno::PERM.raw_os_error().unsigned_abs()),
    )
}

fn filter(calls: &[i64], others: SeccompAction, these: SeccompAction) -> bool {
    let Ok(architecture) = std::env::consts::ARCH.try_into() else { return false };
    let rules: BTreeMap<i64, Vec<_>> = calls.iter().map(|call| (*call, Vec::new())).collect();
    let program = SeccompFilter::new(rules, others, these, architecture).and_then(BpfProgram::try_from);
    program.is_ok_and(|program| seccompiler::apply_filter(&program).is_ok())
}

/// Memory, time, its own pipes, its own end: what computing takes. No files, no sockets, no processes.
const CALLS_OF_A_READER: &[i64] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_fcntl,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_membarrier,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getcpu,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// What reaches others: sockets, other processes, the kernel's own memory.
const CALLS_OF_THE_NETWORK: &[i64] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_sendmmsg,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_bpf,
    libc::SYS_io_uring_setup,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_mount,
    libc::SYS_unshare,
    libc::SYS_setns,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_a_cage_every_try_reaches_what_it_tries() {
        let all =
            ["open a socket", "connect", "read a file", "write a file", "start a program", "start a thread"];
        assert_eq!(reaches(), all);
    }

    #[test]
    fn a_reader_has_no_call_that_reaches_others() {
        let never = [
            libc::SYS_execve,
            libc::SYS_execveat,
            libc::SYS_openat,
            libc::SYS_clone,
            libc::SYS_clone3,
            libc::SYS_kill,
        ];
        for call in CALLS_OF_THE_NETWORK.iter().chain(&never) {
            assert!(!CALLS_OF_A_READER.contains(call), "{call}");
        }
    }
}
