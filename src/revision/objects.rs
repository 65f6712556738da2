//! The objects of a git repository, as one process of git hands them out.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread::{self, JoinHandle};

use super::git::{Fault, git};

/// How much of what git says is kept.
const MAX_SAID: u64 = 1 << 16;

/// Objects by their names: hashes, or revisions of any kind.
pub struct Objects {
    folder: PathBuf,
    /// It is started when the first object is wanted, and again after it has ended by itself.
    process: Option<Process>,
}

pub struct Object {
    /// Its hash.
    pub id: String,
    /// At most one byte more than was asked for.
    pub bytes: Vec<u8>,
}

struct Process {
    child: Child,
    requests: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    said: Option<JoinHandle<String>>,
}

impl Objects {
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            process: None,
        }
    }

    /// An object with at most one byte more than `limit`. `None` if there is none with this name.
    pub fn get(&mut self, name: &str, limit: u64) -> Result<Option<Object>, Fault> {
        if name.contains(['\n', '\r', '\0']) {
            return Ok(None);
        }
        let mut process = match self.process.take() {
            Some(process) => process,
            None => Process::start(&self.folder).map_err(Fault::Absent)?,
        };
        match process.get(name, limit) {
            Ok(object) => {
                self.process = Some(process);
                Ok(object)
            }
            Err(_) => Err(Fault::Refused(process.end())),
        }
    }
}

impl Process {
    fn start(folder: &Path) -> io::Result<Self> {
        let mut child = git(folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipe = || io::Error::other("it has no pipes");
        let answers = child.stdout.take().ok_or_else(pipe)?;
        let mut errors = child.stderr.take().ok_or_else(pipe)?;
        // Beside the answers: git would wait for somebody to read it.
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            // If it cannot be read, there is nothing to tell.
            let _ = errors.by_ref().take(MAX_SAID).read_to_end(&mut said);
            let _ = io::copy(&mut errors, &mut io::sink());
            String::from_utf8_lossy(&said).into_owned()
        });
        Ok(Self {
            requests: child.stdin.take(),
            answers: BufReader::new(answers),
            said: Some(said),
            child,
        })
    }

    fn get(&mut self, name: &str, limit: u64) -> io::Result<Option<Object>> {
        let requests = self.requests.as_mut();
        let requests = requests.ok_or(io::ErrorKind::BrokenPipe)?;
        requests.write_all(format!("{name}\n").as_bytes())?;
        requests.flush()?;
        let mut line = Vec::new();
        self.answers.read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line).into_owned();
        let line = line
            .strip_suffix('\n')
            .ok_or(io::ErrorKind::UnexpectedEof)?;
        // `HASH KIND SIZE`, or the name with what is wrong with it.
        let mut words = line.rsplitn(3, ' ');
        let size: Option<u64> = words.next().and_then(|size| size.parse().ok());
        let (Some(size), Some(_), Some(id)) = (size, words.next(), words.next()) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let mut content = self.answers.by_ref().take(size);
        content.by_ref().take(limit + 1).read_to_end(&mut bytes)?;
        io::copy(&mut content, &mut io::sink())?;
        self.answers.read_exact(&mut [0])?;
        Ok(Some(Object {
            id: id.to_owned(),
            bytes,
        }))
    }

    /// Ends it, and returns what it has said.
    fn end(&mut self) -> String {
        // Without requests, it ends by itself, once somebody has read what it still has to say.
        self.requests = None;
        let _ = io::copy(&mut self.answers, &mut io::sink());
        let said = self.said.take().and_then(|said| said.join().ok());
        let _ = self.child.wait();
        said.unwrap_or_default()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}
