//! The command line as typed: parsed, nothing resolved. The doc comments are the help texts.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::thresholds::Threshold;

/// Contact-network analytics on your own machine: a LinkedIn export and interaction logs in, a report worth acting
/// on out. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "weaktie", version, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Measure a network and write the report folder
    Audit(Audit),
    /// Write a commented settings file, filled with what your data says of you
    Init(Init),
    /// Say what is in the files, what would be kept, and which questions they answer
    Inspect(Inspect),
    /// Turn logs of any size into a table of ties, one row a pair of people
    Ties(Ties),
    /// Plan the quarter's actions again from a saved audit, under another budget
    Plan(Plan),
    /// Draw the report again from a saved audit, or make a copy that may be shared
    Report(Report),
    /// Show one contact of a saved audit: rhythm, evidence, whose turn, what would change
    Show(Show),
    /// Say what moved between saved audits, and why; several give trends
    Compare(Compare),
    /// Remove a person from saved audits and decision files
    Forget(Forget),
    /// Introductions worth giving, of a saved audit: who, why, and how to ask both first
    Introduce(Introduce),
    /// Best ways to a person, employer, industry, function or stage, of a saved audit
    Paths(Paths),
    /// Write down a contact that no log sees, such as a coffee or a call
    Touch(Touch),
    /// Try the contact model on a log's own past: how well does it tell which ties go silent?
    Backtest(Backtest),
    /// Write a fictional export with a log and audit it
    Demo(Demo),
    /// Measure any undirected edge list: structural holes, betweenness, closeness and more
    Measure(Measure),
    /// Add function, seniority and industry to a table of job titles and companies
    Classify(Classify),
    /// Say whether pairs of names may be one person's or one company's, and why
    Match(Match),
    /// Write the open questions of an audit (who is one person, unknown classes) to a file that you answer
    Review(Review),
    /// Say what a measure or term means, with formula, edge cases and reference
    Explain(Explain),
    /// Write the network of a saved audit for Gephi, igraph, NetworkX, pandas, polars or DuckDB
    Export(Export),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page, or write one a command
    Man(Man),
}

/// What every command that reads sources takes.
#[derive(Debug, ClapArgs)]
pub(super) struct Reading {
    /// LinkedIn export (ZIP or folder) and logs (CSV, plain or gzip); recognised by content, not by name
    #[arg(required = true, value_name = "SOURCE")]
    pub(super) sources: Vec<PathBuf>,
    /// Whose network it is: a profile link, an e-mail address, an id in the log, or a full name
    #[arg(long, value_name = "WHO")]
    pub(super) me: Option<String>,
    /// Day the audit speaks of [default: the newest recorded day]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// Settings file [default: every default]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Threads; the outputs are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// `weaktie audit`.
#[derive(Debug, ClapArgs)]
pub(super) struct Audit {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Folder to write [default: reports/<as-of>]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// An earlier audit's folder: keeps its scale of tie strength, so that quarters compare
    #[arg(long, value_name = "DIR")]
    pub(super) previous: Option<PathBuf>,
    /// How much of people's identity the folder shows
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) redact: Option<Redact>,
    /// Lowest evidence used for ties among contacts
    #[arg(long, value_enum, value_name = "TIER")]
    pub(super) min_evidence: Option<Tier>,
    /// Work out numbers with inferred ties too, as bands beside the observed ones
    #[arg(long)]
    pub(super) thorough: bool,
    /// Only the first pages: numbers and actions
    #[arg(long)]
    pub(super) brief: bool,
    /// Draw each chart as a PNG too, for slides and mail
    #[arg(long, conflicts_with = "brief")]
    pub(super) png: bool,
    /// Seed of everything random
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
    /// End with exit code 1 when a number crosses a limit, such as 'neglected>10', 'efficiency<0.4' or refused;
    /// several with commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub(super) fail_on: Vec<Threshold>,
}

/// `weaktie init`.
#[derive(Debug, ClapArgs)]
pub(super) struct Init {
    /// LinkedIn export and logs, to fill in who you are; none writes the defaults alone
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<PathBuf>,
    /// Who you are, if the data does not say: a profile link, an e-mail address, or a full name
    #[arg(long, value_name = "WHO")]
    pub(super) me: Option<String>,
    /// File to write; one that stands there is left alone [default: weaktie.toml]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// `weaktie inspect`.
#[derive(Debug, ClapArgs)]
pub(super) struct Inspect {
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `weaktie ties`.
#[derive(Debug, ClapArgs)]
pub(super) struct Ties {
    /// Logs (CSV, plain, gzip or zstd; Parquet) with timestamp,from,to,channel; or folders of logs
    #[arg(required = true, value_name = "LOG")]
    pub(super) logs: Vec<PathBuf>,
    /// Table to write: .parquet or .csv
    #[arg(long, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// Last day that counts [default: the newest recorded day]
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// Days ahead of the probability of contact
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub(super) horizon: u32,
    /// Also write the line and reason of every row left out, as CSV
    #[arg(long, value_name = "FILE")]
    pub(super) skipped: Option<PathBuf>,
    /// Settings file: channels, network, neglect, noise, `never_store` [default: every default]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Print the account of rows as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Threads; the table is the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// `weaktie plan`.
#[derive(Debug, ClapArgs)]
pub(super) struct Plan {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Minutes of the whole plan [default: the audit's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(super) minutes: Option<u32>,
    /// Actions of the whole plan [default: the audit's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub(super) actions: Option<u32>,
    /// Actions a week [default: the audit's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(super) a_week: Option<u32>,
    /// First day of the plan [default: the day after the audit]
    #[arg(long, value_name = "DATE")]
    pub(super) from: Option<Date>,
    /// What to print
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(super) format: PlanFormat,
}

/// Forms of a printed plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PlanFormat {
    /// Lines for a terminal
    Text,
    /// A task list by week
    Markdown,
    /// One row an action
    Csv,
    /// Events for a calendar program
    Ics,
    /// Everything known of each action
    Json,
}

/// `weaktie report`.
#[derive(Debug, ClapArgs)]
pub(super) struct Report {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Folder to write
    #[arg(long, value_name = "DIR2")]
    pub(super) out: PathBuf,
    /// How much of people's identity the copy shows [default: as much as the folder does]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) redact: Option<Redact>,
    /// Only the first pages: numbers and actions
    #[arg(long)]
    pub(super) brief: bool,
    /// Draw each chart as a PNG too, for slides and mail
    #[arg(long, conflicts_with = "brief")]
    pub(super) png: bool,
}

/// `weaktie export`.
#[derive(Debug, ClapArgs)]
pub(super) struct Export {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Form of the network
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: ExportFormat,
    /// Which table, for csv and parquet
    #[arg(long, value_enum, default_value = "ties", value_name = "TABLE")]
    pub(super) table: ExportTable,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Forms of an exported network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// GEXF 1.3, for Gephi: with a timeline
    Gexf,
    /// GraphML, for igraph, NetworkX and most others
    Graphml,
    /// One table, for pandas, polars, DuckDB and Spark
    Parquet,
    /// One table, for spreadsheets
    Csv,
    /// Node-link JSON, for NetworkX and D3
    Json,
}

/// Tables of an exported network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportTable {
    /// One row a tie
    Ties,
    /// One row a contact
    People,
}

/// `weaktie completions`.
#[derive(Debug, ClapArgs)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// `weaktie man`.
#[derive(Debug, ClapArgs)]
pub(super) struct Man {
    /// Folder for a page of every command; it must exist [default: print the page of weaktie itself]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// `weaktie compare`.
#[derive(Debug, ClapArgs)]
pub(super) struct Compare {
    /// Report folders of audits, the earliest first
    #[arg(required = true, num_args = 2.., value_name = "DIR")]
    pub(super) dirs: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Folder for a page with the same and its charts
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// `weaktie forget`.
#[derive(Debug, ClapArgs)]
pub(super) struct Forget {
    /// The person: an id, a full name, an e-mail address or a profile link (quote a name)
    #[arg(value_name = "WHO")]
    pub(super) who: String,
    /// Report folders and decision files to change; folders that hold report folders are searched at any depth [default: reports]
    #[arg(value_name = "DIR")]
    pub(super) places: Vec<PathBuf>,
    /// Say what would be changed and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// `weaktie show`.
#[derive(Debug, ClapArgs)]
pub(super) struct Show {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// The contact: an id, a full name, an e-mail address or a profile link
    #[arg(required = true, value_name = "WHO")]
    pub(super) who: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `weaktie introduce`.
#[derive(Debug, ClapArgs)]
pub(super) struct Introduce {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Only introductions of this contact: an id, a full name, an e-mail address or a profile link
    #[arg(long = "for", value_name = "WHO")]
    pub(super) whom: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `weaktie paths`.
#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("target").required(true)))]
pub(super) struct Paths {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// To a contact: an id, a full name, an e-mail address or a profile link
    #[arg(long, value_name = "WHO", group = "target")]
    pub(super) to: Option<String>,
    /// To anybody at an employer, under any of its spellings
    #[arg(long, value_name = "NAME", group = "target")]
    pub(super) company: Option<String>,
    /// To anybody in an industry
    #[arg(long, value_name = "NAME", group = "target")]
    pub(super) industry: Option<String>,
    /// To anybody in a function
    #[arg(long, value_name = "NAME", group = "target")]
    pub(super) function: Option<String>,
    /// To anybody at a career stage
    #[arg(long, value_name = "NAME", group = "target")]
    pub(super) seniority: Option<String>,
    /// Report folder of an earlier audit, for employers that people have left; may be given several times
    #[arg(long, value_name = "DIR", requires = "company")]
    pub(super) earlier: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `weaktie touch`.
#[derive(Debug, ClapArgs)]
pub(super) struct Touch {
    /// The contact: a profile link or e-mail address; with a saved audit also an id or full name
    #[arg(required = true, value_name = "WHO")]
    pub(super) who: Vec<String>,
    /// Day of the contact, such as 2026-09-24
    #[arg(long, value_name = "DATE")]
    pub(super) on: String,
    /// How: meeting, call, email, message, chat, comment, other (coffee, lunch, phone and the like are understood)
    #[arg(long, default_value = "meeting", value_name = "CHANNEL")]
    pub(super) channel: String,
    /// Length of a meeting or call
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1_440))]
    pub(super) minutes: Option<u16>,
    /// Log to add it to; name it as a source of the next audit [default: touches.csv]
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// Report folder that knows people by name [default: the newest under reports/]
    #[arg(long, value_name = "DIR")]
    pub(super) audit: Option<PathBuf>,
    /// Who you are: a profile link or e-mail address [default: the owner of the audit]
    #[arg(long, value_name = "WHO")]
    pub(super) me: Option<String>,
}

/// `weaktie backtest`.
#[derive(Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "flags as typed")]
pub(super) struct Backtest {
    /// Logs (CSV, plain, gzip or zstd; Parquet) with timestamp,from,to,channel; or folders of logs
    #[arg(required = true, value_name = "LOG")]
    pub(super) logs: Vec<PathBuf>,
    /// One person's ties: an e-mail address, profile link or id of the log
    #[arg(long, value_name = "WHO", group = "whose")]
    pub(super) me: Option<String>,
    /// Everybody with at least 30 ties, in turn [default, unless the log is one person's]
    #[arg(long, group = "whose")]
    pub(super) everyone: bool,
    /// All pairs with 3 or more interactions, the last within a year, by one model
    #[arg(long, group = "whose")]
    pub(super) pairs: bool,
    /// Try one window, from this day on [default: the last windows that do not overlap, at most 6]
    #[arg(long, value_name = "DATE")]
    pub(super) split: Option<Date>,
    /// Days ahead
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3_650))]
    pub(super) horizon: u32,
    /// Try who meets whom by themselves instead: pairs with common neighbours, against five simple ways
    #[arg(long, conflicts_with_all = ["me", "everyone", "pairs", "predictions"])]
    pub(super) introductions: bool,
    /// Write every tie scored in the newest window, as CSV
    #[arg(long, value_name = "FILE")]
    pub(super) predictions: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Threads; the figures are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// `weaktie demo`.
#[derive(Debug, ClapArgs)]
pub(super) struct Demo {
    /// Folder to write the fictional data and its report into
    #[arg(default_value = "weaktie-demo", value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// Contacts of the fictional professional
    #[arg(long, default_value_t = 420, value_name = "N", value_parser = clap::value_parser!(u32).range(50..=30_000))]
    pub(super) contacts: u32,
    /// Years of history
    #[arg(long, default_value_t = 4, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10))]
    pub(super) years: u32,
    /// Seed: another seed is another life
    #[arg(long, default_value_t = 7, value_name = "N")]
    pub(super) seed: u64,
}

/// `weaktie measure`.
#[derive(Debug, ClapArgs)]
#[expect(clippy::struct_excessive_bools, reason = "flags as typed")]
pub(super) struct Measure {
    /// Edge list: CSV (plain or gzip) or Parquet with source,target[,weight], from,to or a,b
    #[arg(value_name = "EDGES")]
    pub(super) edges: PathBuf,
    /// Only these measures, by id, with commas between [default: all; `weaktie explain` lists them]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(super) measures: Vec<String>,
    /// Also the measures that use tie weights
    #[arg(long)]
    pub(super) weighted: bool,
    /// Print JSON
    #[arg(long, group = "format")]
    pub(super) json: bool,
    /// Print CSV, one row a person
    #[arg(long, group = "format")]
    pub(super) csv: bool,
    /// Write Parquet, one row a person, to the file of --out
    #[arg(long, group = "format")]
    pub(super) parquet: bool,
    /// File to write; its ending says the format when no flag does
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Exact values whatever the size of the network
    #[arg(long)]
    pub(super) exact: bool,
    /// Seed of estimates
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(super) seed: u64,
    /// Threads; the outputs are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// `weaktie classify`.
#[derive(Debug, ClapArgs)]
pub(super) struct Classify {
    /// CSV (plain or gzip; - is standard input) with a column position or title, or company, or both
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Your own classes (TOML or CSV) of titles, companies or people; they win over the rules
    #[arg(long, value_name = "FILE")]
    pub(super) overrides: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Threads; the outputs are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// `weaktie match`.
#[derive(Debug, ClapArgs)]
#[group(required = true, multiple = false)]
pub(super) struct Match {
    /// Pairs of people's names: CSV with a,b and, if known, `a_url`, `a_email`, `a_company`, `b_url`, `b_email`, `b_company`
    #[arg(long, value_name = "FILE")]
    pub(super) people: Option<PathBuf>,
    /// Pairs of companies' names: CSV with a,b
    #[arg(long, value_name = "FILE")]
    pub(super) companies: Option<PathBuf>,
}

/// `weaktie review`.
#[derive(Debug, ClapArgs)]
pub(super) struct Review {
    /// Report folder of an audit
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// File to write; what you answered in it before is kept [default: decisions.toml, or decisions.csv with --csv]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Write a table for a spreadsheet instead of TOML
    #[arg(long)]
    pub(super) csv: bool,
}

/// `weaktie explain`.
#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    /// Measure or term; none lists all
    #[arg(value_name = "MEASURE|TERM")]
    pub(super) word: Vec<String>,
}

/// Redaction levels on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Redact {
    /// Initials in place of names
    Initials,
    /// "Contact 12" in place of names
    Pseudonym,
    /// No people, only counts
    Aggregate,
}

/// Evidence tiers of ties among contacts on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Tier {
    /// One wrote to, called or met the other
    Interaction,
    /// Also: both in one group thread or meeting
    CoPresence,
}
