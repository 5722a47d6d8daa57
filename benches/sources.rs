//! Mail headers: bytes a second, and the memory that any number of bytes takes.
//!
//! `cargo bench --bench sources` measures; `cargo bench --bench sources -- write BYTES` writes a generated mbox to its
//! output, to be piped into `… -- read /dev/stdin` or into `weaktie inspect /dev/stdin`.

#![expect(clippy::disallowed_methods, reason = "a stopwatch is what this is")]
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::expect_used, reason = "a bench may stop at the first surprise")]

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use weaktie::ingest;

/// A mailbox without an end: the usual run of headers, bodies of the given size, 5,000 people.
struct Generated {
    next: u64,
    body: Vec<u8>,
    pending: Vec<u8>,
    at: usize,
    left: u64,
}

impl Generated {
    fn new(bytes: u64, body: usize) -> Self {
        let line = b"bm9uIGVzdCBtYWdudW0gcXVvZCBmYWNpdCBtZWRpdXMsIHNlZCBxdW9kIG1hZ251cyBub24K\n";
        let body = line.iter().copied().cycle().take(body).collect();
        Self { next: 0, body, pending: Vec::new(), at: 0, left: bytes }
    }

    fn message(&mut self) {
        let n = self.next;
        self.next += 1;
        let (who, day, hour) = (n * 7_919 % 5_000, n / 80 % 28 + 1, n % 24);
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]
            [usize::try_from(n / 2_240 % 6).expect("a month")];
        let mut text = String::new();
        let _ = write!(
            text,
            "From {n}@xxx Mon {month} {day:02} {hour:02}:20:34 +0000 2025\r\nX-GM-THRID: {n}\r\nX-Gmail-Labels: Inbox,Opened\r\n\
             Delivered-To: me@example.org\r\nReceived: by 2002:a05:6000:18a5:b0:33e:7b3c:4a2f with SMTP id b5csp1234;\r\n        \
             Mon, {day} {month} 2025 {hour:02}:20:34 -0800 (PST)\r\nX-Received: by 2002:a17:906:3f0c:b0:a44:2f1e:6b6f with SMTP id c12-20020;\r\n        \
             Mon, {day} {month} 2025 {hour:02}:20:34 -0800 (PST)\r\nARC-Seal: i=1; a=rsa-sha256; t=1709551234; cv=none;\r\n        \
             d=example.com; s=arc-20160816;\r\n        b=Yk3JQ0m9x2Zt8vQeW5p1oLh7cD4nR6sT0uI2yG8fE3kA9jB5mX7wV1zN4qC6rP0\r\n         \
             lS2dF8gH3jK5mN7bV9cX1zQ4wE6rT8yU0iO2pA3sD5fG7hJ9kL1zX3cV5bN7mQ9w==\r\nAuthentication-Results: mx.example.com;\r\n       \
             dkim=pass header.i=@example.net; spf=pass smtp.mailfrom=p{who}@example.net\r\nDKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n        \
             d=example.net; s=20230601; t=1709551234; x=1710156034;\r\n        h=to:subject:message-id:date:from:in-reply-to:references;\r\n        \
             bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\nMIME-Version: 1.0\r\nFrom: \"Person {who}\" <p{who}@example.net>\r\n\
             To: Me <me@example.org>\r\nCc: p{}@example.net, \"Last, First\" <p{}@example.net>\r\nDate: Mon, {day} {month} 2025 {hour:02}:20:34 +0000\r\n\
             Subject: bench\r\nMessage-ID: <CAF{n}@mail.example.net>\r\nIn-Reply-To: <CAF{}@mail.example.net>\r\n\
             References: <CAF{}@mail.example.net> <CAF{}@mail.example.net>\r\nContent-Type: multipart/alternative; boundary=\"00000000000\"\r\n\r\n",
            (who + 1) % 5_000,
            (who + 2) % 5_000,
            n.saturating_sub(1),
            n / 10 * 10,
            n.saturating_sub(1),
        );
        self.pending.clear();
        self.pending.extend_from_slice(text.as_bytes());
        self.pending.extend_from_slice(&self.body);
        self.pending.extend_from_slice(b"\r\n\r\n");
        self.at = 0;
    }
}

impl Read for Generated {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.pending.len() {
            if self.left == 0 {
                return Ok(0);
            }
            self.message();
            self.left = self.left.saturating_sub(self.pending.len() as u64);
        }
        let rest = &self.pending[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

/// The most memory this process has held, in megabytes, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1_024)
}

/// Seconds of processors that this process has used, where the system tells: other work on the machine does not count.
fn used() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    // Linux counts hundredths of a second here, whatever its own clock.
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn read(path: PathBuf) {
    let started = Instant::now();
    let files = ingest::read_all(&[path]).expect("a mailbox");
    let seconds = started.elapsed().as_secs_f64();
    let file = &files[0];
    let rows = file.interactions.len();
    println!(
        "{} messages, {rows} interactions, {} people, {seconds:.1} s",
        file.rows_read,
        file.mentions.len()
    );
    if let (Some(peak), Some(used)) = (peak(), used()) {
        println!("peak memory {peak} MB, {used:.2} s of processor time");
    }
}

fn measure() {
    for (what, body, bytes) in [
        ("headers and nothing else", 0, 140 << 20),
        ("headers with bodies of 200 bytes", 200, 256 << 20),
        ("bodies of 3 kB", 3_000, 512 << 20),
        ("bodies of 20 kB", 20_000, 1 << 30),
        ("bodies of 75 kB, as mailboxes have", 75_000, 1 << 30),
    ] {
        let mut mailbox = Vec::new();
        Generated::new(bytes, body).read_to_end(&mut mailbox).expect("memory");
        let size = mailbox.len() as f64 / 1e6;
        let best = |run: &dyn Fn() -> u64| {
            let times = (0..3).map(|_| {
                let (started, before) = (Instant::now(), used());
                let messages = run();
                let passed = started.elapsed().as_secs_f64();
                let spent = used().zip(before).map(|(now, before)| now - before);
                (spent.filter(|spent| *spent > 0.0).unwrap_or(passed), messages)
            });
            times.min_by(|a, b| a.0.total_cmp(&b.0)).expect("three runs")
        };
        let (walk, messages) =
            best(&|| ingest::walk_mbox(mailbox.as_slice()).expect("bytes").messages);
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), &mailbox).expect("written");
        let (whole, _) =
            best(&|| ingest::read_all(&[file.path().to_owned()]).expect("mail")[0].rows_read);
        println!(
            "{what}: {messages} messages, {size:.0} MB: {:.0} MB a second of a core to records, {:.0} to find the messages",
            size / whole,
            size / walk
        );
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", bytes] => {
            let mut from = Generated::new(bytes.parse().expect("a number of bytes"), 75_000);
            let mut out = std::io::stdout().lock();
            std::io::copy(&mut from, &mut out).expect("written");
            out.flush().expect("written");
        }
        ["read", path] => read(PathBuf::from(path)),
        _ => measure(),
    }
}
