//! Runs errgen and stops it at each system call that concerns a file: to look, to kill it there, to have the call fail, or
//! to change what it is about to meet. It needs nothing installed and no rights beyond those over one's own child.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use nix::errno::Errno;
use nix::libc::{self, c_int, user_regs_struct};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::support::without_totals;

/// A system call that is about to be made.
#[derive(Debug)]
pub struct Call {
    pub name: &'static str,
    /// The file that it is for; of a renaming, the old name.
    pub path: PathBuf,
    /// Whether it changes something on disk.
    pub writes: bool,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Made,
    /// errgen is killed, and the call is not made.
    Killed,
    /// The call is not made, and says that it has failed.
    Failed(Errno),
}

/// How a traced errgen has ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit status; none where it was killed.
    pub status: Option<i32>,
    pub stderr: String,
}

/// Runs errgen in a folder, and asks `fate` at each call. Says why where processes cannot be traced here.
pub fn traced(
    folder: &Path,
    arguments: &[&str],
    fate: impl FnMut(&Call) -> Fate,
) -> io::Result<Ended> {
    let mut child = Command::new("/bin/sh")
        .args([
            "-c",
            "read go; exec \"$@\"",
            "sh",
            env!("CARGO_BIN_EXE_errgen"),
        ])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdin = child.stdin.take().expect("a pipe");
    let result = follow(&child, stdin, fate);
    if result.is_err() {
        child.kill()?;
        child.wait()?;
    }
    let status = result?;
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().expect("a pipe");
    pipe.read_to_string(&mut stderr)?;
    let stderr = without_totals(&stderr).to_owned();
    Ok(Ended { status, stderr })
}

/// Follows the shell until it has become errgen, and errgen with all its threads until it ends.
fn follow(
    child: &Child,
    mut stdin: ChildStdin,
    mut fate: impl FnMut(&Call) -> Fate,
) -> io::Result<Option<i32>> {
    let main = Pid::from_raw(child.id().try_into().expect("the id of a process"));
    let options = Options::PTRACE_O_TRACESYSGOOD
        | Options::PTRACE_O_TRACEEXEC
        | Options::PTRACE_O_TRACECLONE
        | Options::PTRACE_O_EXITKILL;
    ptrace::seize(main, options)?;
    stdin.write_all(b"go\n")?;
    drop(stdin);
    let mut inside = HashSet::new();
    let mut failing = HashMap::new();
    loop {
        // Children of this thread alone: other tests wait for theirs.
        let status = waitpid(None, Some(WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD))?;
        let (thread, signal) = match status {
            WaitStatus::Exited(thread, status) if thread == main => return Ok(Some(status)),
            WaitStatus::Signaled(thread, ..) if thread == main => return Ok(None),
            WaitStatus::PtraceSyscall(thread) if inside.insert(thread) => {
                match call(thread).map_or(Fate::Made, |call| fate(&call)) {
                    Fate::Made => {}
                    Fate::Killed => kill(main, Signal::SIGKILL)?,
                    Fate::Failed(error) => {
                        change(thread, |registers| registers.orig_rax = u64::MAX)?;
                        failing.insert(thread, error);
                    }
                }
                (thread, None)
            }
            WaitStatus::PtraceSyscall(thread) => {
                inside.remove(&thread);
                if let Some(error) = failing.remove(&thread) {
                    let result = i64::from(-(error as i32)).cast_unsigned();
                    change(thread, |registers| registers.rax = result)?;
                }
                (thread, None)
            }
            WaitStatus::PtraceEvent(thread, _, event) => {
                // The end of the call by which the shell becomes errgen is still to come.
                if event == libc::PTRACE_EVENT_EXEC {
                    inside.insert(thread);
                }
                (thread, None)
            }
            WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
            _ => continue,
        };
        // Where the thread is no more, its end is what comes next.
        let _ = ptrace::syscall(thread, signal);
    }
}

fn change(thread: Pid, with: impl FnOnce(&mut user_regs_struct)) -> nix::Result<()> {
    let mut registers = ptrace::getregs(thread)?;
    with(&mut registers);
    ptrace::setregs(thread, registers)
}

/// The call that a thread is about to make, where it concerns a file.
fn call(thread: Pid) -> Option<Call> {
    let registers = ptrace::getregs(thread).ok()?;
    let number = libc::c_long::try_from(registers.orig_rax).ok()?;
    let first = || string(thread, registers.rdi);
    let second = || string(thread, registers.rsi);
    let handle = || fs::read_link(format!("/proc/{thread}/fd/{}", registers.rdi)).ok();
    let writes = |flags: u64| flags & u64::try_from(libc::O_ACCMODE | libc::O_CREAT).unwrap() != 0;
    let (name, path, writes) = match number {
        libc::SYS_open => ("open", first(), writes(registers.rsi)),
        libc::SYS_openat => ("open", second(), writes(registers.rdx)),
        libc::SYS_read | libc::SYS_readv | libc::SYS_pread64 => ("read", handle(), false),
        libc::SYS_write | libc::SYS_writev | libc::SYS_pwrite64 => ("write", handle(), true),
        libc::SYS_flock => ("lock", handle(), false),
        libc::SYS_fchmod | libc::SYS_ftruncate | libc::SYS_fallocate => ("change", handle(), true),
        libc::SYS_chmod | libc::SYS_truncate => ("change", first(), true),
        libc::SYS_fchmodat => ("change", second(), true),
        libc::SYS_rename | libc::SYS_link | libc::SYS_symlink => ("rename", first(), true),
        libc::SYS_renameat | libc::SYS_renameat2 | libc::SYS_linkat => ("rename", second(), true),
        libc::SYS_unlink => ("unlink", first(), true),
        libc::SYS_unlinkat => ("unlink", second(), true),
        libc::SYS_mkdir => ("mkdir", first(), true),
        libc::SYS_mkdirat => ("mkdir", second(), true),
        libc::SYS_rmdir => ("rmdir", first(), true),
        _ => return None,
    };
    // A pipe or a device is no file.
    let path =
        path.filter(|path| !path.starts_with("/dev") && !path.to_string_lossy().contains(":["));
    path.map(|path| Call { name, path, writes })
}

/// The text at an address of the traced process, up to its NUL.
fn string(thread: Pid, address: u64) -> Option<PathBuf> {
    let memory = File::open(format!("/proc/{thread}/mem")).ok()?;
    let mut bytes = vec![0; c_int::from(i16::MAX).try_into().ok()?];
    let length = memory.read_at(&mut bytes, address).ok()?;
    let text = bytes[..length].split(|byte| *byte == 0).next()?;
    Some(PathBuf::from(String::from_utf8_lossy(text).into_owned()))
}
