//! Reads objects of a repository through one `git cat-file --batch` process.
//!
//! Requests go to its standard input, one name a line. It answers with the object's id, kind, size and bytes. Objects
//! that are expected next are requested ahead, so that git finds them while the one before is worked on.

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::thread::JoinHandle;

use super::run::GitRefusal;
use super::{Error, Git};

const ARGUMENTS: [&str; 2] = ["cat-file", "--batch"];

/// Requests sent before the first of them is answered. They must fit into a pipe: git does not read while it waits for
/// its answers to be read.
const AHEAD: usize = 8;

/// The size in bytes of the largest object that is kept until it is asked for.
const EARLY_BYTES: usize = 1 << 20;

/// Git's answer to the name of an object.
#[derive(Debug)]
pub(super) enum ObjectAnswer {
    /// The object exists.
    Found {
        /// Its id, in hexadecimal.
        id: String,
        /// `blob`, `tree`, `commit` or `tag`.
        kind: String,
        /// Its bytes.
        content: Vec<u8>,
    },
    /// There is no such object, or the repository lacks it.
    Missing,
    /// The name is the beginning of several ids.
    Ambiguous,
}

/// The process, started by the first request.
#[derive(Debug)]
pub(super) struct Objects {
    git: Git,
    process: Option<CatFile>,
    queue: ReadAhead,
}

/// The objects that are likely to be asked for next.
#[derive(Debug, Default)]
struct ReadAhead {
    /// Those not yet requested, in the order in which they are expected.
    expected: VecDeque<Vec<u8>>,
    /// All names that were requested: what comes back to one of them is no longer expected.
    requested: HashSet<Vec<u8>>,
    /// Answers that came before they were asked for. At most as many as requests ahead are kept.
    early: HashMap<Vec<u8>, ObjectAnswer>,
}

impl ReadAhead {
    /// Keeps an answer until it is asked for, unless it is large: it is requested again then.
    fn keep(&mut self, name: Vec<u8>, answer: ObjectAnswer) {
        if matches!(&answer, ObjectAnswer::Found { content, .. } if content.len() > EARLY_BYTES) {
            return;
        }
        if self.early.len() >= AHEAD {
            self.early.clear();
        }
        self.early.insert(name, answer);
    }
}

impl Objects {
    pub(super) fn new(git: Git) -> Self {
        Self { git, process: None, queue: ReadAhead::default() }
    }

    /// Names the objects that are likely to be asked for next, in order.
    pub(super) fn expect(&mut self, names: impl Iterator<Item = Vec<u8>>) {
        self.queue.expected.extend(names);
    }

    /// Requests an object. If it is over `limit` bytes, only its size is read.
    pub(super) fn get(&mut self, name: &[u8], limit: u64) -> Result<ObjectAnswer, Error> {
        if let Some(answer) = self.queue.early.remove(name) {
            return Ok(answer);
        }
        let mut process = match self.process.take() {
            Some(process) => process,
            None => CatFile::start(&self.git)?,
        };
        let is_ahead = !process.pending.is_empty() || !self.queue.expected.is_empty();
        let mut answer = process.ask(name, limit, &mut self.queue);
        if is_ahead && matches!(answer, Err(ObjectError::Ended)) {
            // It may have ended over a damaged object that was requested ahead. From here on nothing is.
            self.queue.expected.clear();
            process = CatFile::start(&self.git)?;
            answer = process.ask(name, limit, &mut self.queue);
        }
        match answer {
            Ok(answer) => {
                self.process = Some(process);
                Ok(answer)
            }
            // In these two cases unread output would precede the next answer. So the process ends here, and the next
            // request starts another.
            Err(ObjectError::TooLarge { size }) => {
                Err(Error::TooLarge { object: String::from_utf8_lossy(name).into_owned(), size, limit })
            }
            Err(ObjectError::Nonsense) => Err(self.git.error(&ARGUMENTS, &GitRefusal::Nonsense)),
            Err(ObjectError::Ended) => Err(self.git.error(&ARGUMENTS, &process.ending())),
        }
    }
}

enum ObjectError {
    TooLarge { size: u64 },
    Nonsense,
    Ended,
}

impl From<std::io::Error> for ObjectError {
    /// A pipe fails if the process at its other end is gone.
    fn from(_: std::io::Error) -> Self {
        Self::Ended
    }
}

#[derive(Debug)]
struct CatFile {
    child: Child,
    /// `None` after the last request: git then exits by itself.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// The names of the requests without an answer, oldest first.
    pending: VecDeque<Vec<u8>>,
    /// Drains standard error meanwhile: a full pipe would block git.
    stderr: Option<JoinHandle<Vec<u8>>>,
}

impl CatFile {
    fn start(git: &Git) -> Result<Self, Error> {
        let refused = |error| git.error(&ARGUMENTS, &GitRefusal::Start(error));
        let mut command = git.command(ARGUMENTS);
        let mut child = command.stdin(std::process::Stdio::piped()).spawn().map_err(refused)?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(questions), Some(answers), Some(mut said)) = pipes else {
            return Err(refused(std::io::Error::other("a pipe is missing")));
        };
        let stderr = std::thread::spawn(move || {
            let mut text = Vec::new();
            // Messages that cannot be read are dropped.
            let _ = said.read_to_end(&mut text);
            text
        });
        let answers = BufReader::with_capacity(1 << 16, answers);
        Ok(Self {
            child,
            questions: Some(questions),
            answers,
            pending: VecDeque::new(),
            stderr: Some(stderr),
        })
    }

    /// Requests an object, if that was not done ahead, and those expected next. Returns the answer to the first.
    fn ask(&mut self, name: &[u8], limit: u64, queue: &mut ReadAhead) -> Result<ObjectAnswer, ObjectError> {
        let mut request = Vec::new();
        if !self.pending.iter().any(|pending| pending == name) {
            queue.requested.insert(name.to_vec());
            self.pending.push_back(name.to_vec());
            request.extend([name, b"\n"].concat());
        }
        // Whoever asks for little is not made to wait for more.
        let ahead = AHEAD.min(queue.requested.len());
        while self.pending.len() < ahead
            && let Some(next) = queue.expected.pop_front()
        {
            if queue.requested.insert(next.clone()) {
                request.extend([&next, &b"\n"[..]].concat());
                self.pending.push_back(next);
            }
        }
        self.questions.as_mut().ok_or(ObjectError::Ended)?.write_all(&request)?;
        loop {
            let answered = self.pending.pop_front().ok_or(ObjectError::Nonsense)?;
            let answer = match self.answer(limit) {
                answer if answered == name => return answer,
                Err(ObjectError::TooLarge { size }) => {
                    std::io::copy(&mut self.answers.by_ref().take(size + 1), &mut std::io::sink())?;
                    continue;
                }
                answer => answer?,
            };
            queue.keep(answered, answer);
        }
    }

    /// Reads an answer.
    fn answer(&mut self, limit: u64) -> Result<ObjectAnswer, ObjectError> {
        let mut header = Vec::new();
        self.answers.read_until(b'\n', &mut header)?;
        let header = header.strip_suffix(b"\n").ok_or(ObjectError::Ended)?;
        if header.ends_with(b" missing") {
            return Ok(ObjectAnswer::Missing);
        }
        if header.ends_with(b" ambiguous") {
            return Ok(ObjectAnswer::Ambiguous);
        }
        let mut words = std::str::from_utf8(header).map_err(|_| ObjectError::Nonsense)?.split(' ');
        let (Some(id), Some(kind), Some(size)) = (words.next(), words.next(), words.next()) else {
            return Err(ObjectError::Nonsense);
        };
        let size: u64 = size.parse().map_err(|_| ObjectError::Nonsense)?;
        if size > limit {
            return Err(ObjectError::TooLarge { size });
        }
        let size = usize::try_from(size).map_err(|_| ObjectError::TooLarge { size })?;
        let mut content = vec![0; size];
        self.answers.read_exact(&mut content)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        Ok(ObjectAnswer::Found { id: id.to_owned(), kind: kind.to_owned(), content })
    }

    /// Waits for the process and returns how it ended.
    fn ending(mut self) -> GitRefusal {
        self.questions = None;
        let code = self.child.wait().ok().and_then(|status| status.code());
        let stderr = self.stderr.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        GitRefusal::Status { code, stderr }
    }
}

impl Drop for CatFile {
    fn drop(&mut self) {
        // Killing it at any point does no harm, since it only reads. An error means that it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
