//! Corrections that teach: saved as a rule or an actor with its sentence as the test, after a look at what else changes.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query as Parameters, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tidings::document::{Document, Fields, Known, document};
use tidings::{Additions, Change, Checked, Coding, Engine, Rules, changes};
use tidings_ledger::{Ledger, Original, Query};
use utoipa::{IntoParams, ToSchema};

use crate::desk::{Coder, Desk, blocking};
use crate::problem::Problem;
use crate::write::read;

/// Articles in which it is looked for what else would change, at most: each is coded twice.
const ARTICLES: usize = 40;

/// What kind of lesson it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Which words tell what (docs/rules.md).
    Rule,
    /// Who somebody is (docs/actors.md).
    Actor,
}

/// A rule or an actor.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    kind: Kind,
    /// The file, in TOML.
    toml: String,
    /// What the file is to be called, without its ending: small letters, digits and `-`. Needed to save it.
    name: Option<String>,
    /// Who teaches it.
    coder: Option<String>,
}

/// A test sentence of the lesson, coded by it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Test {
    sentence: String,
    expected: String,
    found: String,
    passed: bool,
}

/// An event that would be added, removed or changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Effect {
    document_id: String,
    /// `added`, `removed` or `changed`.
    kind: &'static str,
    sentence: String,
    /// Names of the fields that differ.
    fields: Vec<&'static str>,
    /// Each field with its value, as it is coded now.
    before: Option<Value>,
    /// As it would be coded.
    after: Option<Value>,
}

/// What a lesson does.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    tests: Vec<Test>,
    changes: Vec<Effect>,
    /// Articles of the ledger that were coded both ways: those with its words, then the newest.
    documents: usize,
}

/// What was saved.
#[derive(Debug, Serialize, ToSchema)]
pub struct Saved {
    /// Name of the file.
    file: String,
    tests: Vec<Test>,
}

/// What a draft is made of.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Corrected {
    /// The report that is corrected.
    report: String,
    /// The type that its words tell, for a rule; `NONE` for none.
    #[serde(rename = "type")]
    event_type: Option<String>,
    /// How the actor is called in the report, for an actor.
    name: Option<String>,
    /// Country of the actor.
    country: Option<String>,
    /// PLOVER sectors of the actor, separated by commas.
    sectors: Option<String>,
}

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    /// `rule` or `actor`.
    kind: &'static str,
    /// The file, to be completed by hand.
    toml: String,
}

/// A correction as the draft of a rule (with `type`) or an actor (with `name`).
#[utoipa::path(get, path = "/rules/draft", tag = "write", params(Corrected), responses(
    (status = 200, body = Draft), (status = 400, body = Problem), (status = 404, body = Problem),
))]
pub async fn draft(
    State(desk): State<Desk>,
    Parameters(corrected): Parameters<Corrected>,
) -> Result<Json<Draft>, Problem> {
    let engine = desk.coder()?.engine;
    let id = corrected.report.clone();
    let record = desk.ask(move |ledger| record(ledger, &id)).await?;
    let event = serde_json::from_str(&record).map_err(|_| {
        Problem::bad("this report was not coded by Tidings", "correct a report that has its text")
    })?;
    blocking(move || drafted(&engine, &event, &corrected)).await?.map(Json)
}

fn record(ledger: &Ledger, report_id: &str) -> Result<String, Problem> {
    ledger.record(report_id)?.ok_or_else(|| Problem::missing("report", report_id))
}

fn drafted(engine: &Engine, event: &tidings::records::Event, from: &Corrected) -> Result<Draft, Problem> {
    if let Some(name) = &from.name {
        let sectors: Vec<String> = from
            .sectors
            .iter()
            .flat_map(|s| s.split(','))
            .map(|s| s.trim().to_uppercase())
            .filter(|s| !s.is_empty())
            .collect();
        let sentence = &event.sentence.words.text;
        return Ok(Draft {
            kind: "actor",
            toml: Engine::draft_actor(name, from.country.as_deref(), &sectors, sentence),
        });
    }
    let Some(event_type) = &from.event_type else {
        return Err(Problem::bad(
            "neither `type` nor `name` is given",
            "say what the words tell, or who it is",
        ));
    };
    let rule = engine.draft_rule(event, &event_type.to_uppercase()).map_err(failed)?;
    let toml = rule.ok_or_else(|| {
        Problem::bad(
            "the words of this event are no verb, noun or adjective",
            "write the rule by hand (docs/rules.md)",
        )
    })?;
    Ok(Draft { kind: "rule", toml })
}

/// What a rule or an actor would do: its tests, and what else would change.
#[utoipa::path(post, path = "/rules/preview", tag = "write", request_body = Lesson, responses(
    (status = 200, body = Preview), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn preview(
    State(desk): State<Desk>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Preview>, Problem> {
    let lesson: Lesson = read(&desk, &headers, body).await?;
    let coder = desk.coder()?;
    let (taught, words) = blocking({
        let coder = coder.clone();
        move || taught(&coder, &lesson)
    })
    .await??;
    let originals = desk.ask(move |ledger| originals(ledger, &words)).await?;
    blocking(move || {
        let tests = tests(&taught.engine, taught.kind)?;
        let mut changes = Vec::new();
        for original in &originals {
            changes.extend(effects(&coder.engine, &taught.engine, original)?);
        }
        Ok(Json(Preview { tests, changes, documents: originals.len() }))
    })
    .await?
}

/// Saves a rule or an actor, if its tests pass; from now on new documents are coded by it.
#[utoipa::path(post, path = "/rules", tag = "write", request_body = Lesson, responses(
    (status = 201, body = Saved), (status = 400, body = Problem), (status = 403, body = Problem),
    (status = 409, body = Problem),
))]
pub async fn save(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let lesson: Lesson = read(&desk, &headers, body).await?;
    let coder = desk.coder()?;
    let (saved, taught) = blocking(move || saved(&coder, &lesson)).await??;
    desk.set_coder(taught);
    Ok((StatusCode::CREATED, Json(saved)).into_response())
}

/// An engine that has learnt a lesson.
struct Taught {
    engine: Engine,
    kind: Kind,
    own: crate::Own,
}

/// The engine with the lesson, and words that articles have in which it can matter.
fn taught(coder: &Coder, lesson: &Lesson) -> Result<(Taught, Vec<String>), Problem> {
    let file =
        (format!("{}.toml", lesson.name.as_deref().unwrap_or("new")), lesson.toml.clone().into_bytes());
    let mut own = coder.own.clone();
    let alone = std::slice::from_ref(&file);
    let words = match lesson.kind {
        Kind::Rule => {
            let rules = Rules::read(alone).map_err(|faults| wrong(&faults))?.0;
            rules.own().flat_map(|t| t.lemmas.iter().map(|l| beginning(l))).collect()
        }
        Kind::Actor => {
            let additions = Additions::read(alone).map_err(|faults| wrong(&faults))?.0;
            additions.tests().map(|t| format!("\"{}\"", t.name.replace('"', " "))).collect()
        }
    };
    match lesson.kind {
        Kind::Rule => own.rules.push(file),
        Kind::Actor => own.actors.push(file),
    }
    let additions = Additions::read(&own.actors).map_err(|faults| wrong(&faults))?.0;
    let rules = Rules::read(&own.rules).map_err(|faults| wrong(&faults))?.0;
    Ok((Taught { engine: coder.engine.again(additions, rules), kind: lesson.kind, own }, words))
}

/// What forms of a word have in common, mostly.
fn beginning(lemma: &str) -> String {
    let kept = lemma.chars().count().saturating_sub(1).max(3);
    format!("{}*", lemma.chars().take(kept).collect::<String>())
}

/// The first faults, with line and column.
fn wrong(faults: &[impl std::fmt::Display]) -> Problem {
    let told: Vec<String> = faults.iter().take(5).map(ToString::to_string).collect();
    Problem::bad(told.join("\n"), "docs/rules.md and docs/actors.md describe the formats")
}

fn failed(error: impl std::fmt::Display) -> Problem {
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "please report it")
}

/// Articles with these words, then the newest.
fn originals(ledger: &Ledger, words: &[String]) -> Result<Vec<Original>, Problem> {
    let mut ids: Vec<String> = Vec::new();
    let mut found = |rows: Vec<String>| {
        for id in rows {
            if ids.len() < ARTICLES && !ids.contains(&id) {
                ids.push(id);
            }
        }
    };
    let limit = Some(ARTICLES);
    for word in words {
        let query = Query { text: Some(word.clone()), limit, ..Query::default() };
        found(ledger.search(&query)?.rows.into_iter().map(|r| r.document_id).collect());
    }
    found(
        ledger
            .documents(&Query { limit, ..Query::default() })?
            .rows
            .into_iter()
            .map(|r| r.document_id)
            .collect(),
    );
    let originals = ids.iter().map(|id| ledger.original(id)).collect::<Result<Vec<_>, _>>()?;
    // Rows of other tables have no text.
    Ok(originals.into_iter().flatten().filter(|o| !o.text.is_empty()).collect())
}

fn tests(engine: &Engine, kind: Kind) -> Result<Vec<Test>, Problem> {
    let checked = match kind {
        Kind::Rule => engine.check_rules(),
        Kind::Actor => engine.check_actors(),
    };
    let test =
        |c: Checked| Test { sentence: c.sentence, expected: c.expected, found: c.found, passed: c.passed };
    Ok(checked.map_err(failed)?.into_iter().map(test).collect())
}

fn effects(now: &Engine, taught: &Engine, original: &Original) -> Result<Vec<Effect>, Problem> {
    let fields = Fields {
        id: original.document_id.clone(),
        text: original.text.clone(),
        title: original.title.clone(),
        date: original.published.clone(),
        outlet: original.outlet.clone(),
        url: original.url.clone(),
        ..Fields::default()
    };
    let document: Document = document(fields, &Known::default());
    let analysis = now.analyze(&document).map_err(failed)?;
    let changes = changes(&now.report(&analysis), &taught.report(&analysis));
    Ok(changes.iter().map(|change| effect(&original.document_id, change)).collect())
}

fn effect(document_id: &str, change: &Change) -> Effect {
    let coding = |c: &Coding| c.values().collect::<Value>();
    Effect {
        document_id: document_id.to_owned(),
        kind: change.kind(),
        sentence: change.sentence.text.clone(),
        fields: change.fields(),
        before: change.before.as_ref().map(coding),
        after: change.after.as_ref().map(coding),
    }
}

fn saved(coder: &Coder, lesson: &Lesson) -> Result<(Saved, Coder), Problem> {
    let Some(folder) = &coder.folder else {
        let hint = "start the server with --save-to FOLDER";
        return Err(Problem::new(StatusCode::FORBIDDEN, "this server has no folder for rules", hint));
    };
    let name = name(lesson)?;
    let (taught, _) = taught(coder, lesson)?;
    let tests = tests(&taught.engine, lesson.kind)?;
    if tests.is_empty() {
        return Err(Problem::bad("the lesson has no test sentence", "add test = [\"…\"]"));
    }
    if let Some(failed) = tests.iter().find(|t| !t.passed) {
        let detail =
            format!("{:?} gives {} instead of {}", failed.sentence, failed.found.trim(), failed.expected);
        return Err(Problem::new(StatusCode::CONFLICT, detail, "change the lesson until its tests pass"));
    }
    let room = match lesson.kind {
        Kind::Rule => "rules",
        Kind::Actor => "actors",
    };
    let file = format!("{name}.toml");
    let coder_name = lesson.coder.as_deref().unwrap_or("somebody").replace(char::is_control, " ");
    write(
        &folder.join(room),
        &file,
        &format!("# Saved from a correction by {coder_name}.\n{}", lesson.toml),
    )?;
    let taught = Coder { engine: Arc::new(taught.engine), own: taught.own, folder: coder.folder.clone() };
    Ok((Saved { file: format!("{room}/{file}"), tests }, taught))
}

/// A name that is no path.
fn name(lesson: &Lesson) -> Result<&str, Problem> {
    let name = lesson.name.as_deref().unwrap_or_default();
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 60 || !name.chars().all(fits) || name.starts_with('-') {
        let hint = "give up to 60 small letters, digits and -, like \"shadow\"";
        return Err(Problem::bad("`name` is no name for a file", hint));
    }
    Ok(name)
}

/// All of the file or nothing; what is there is not overwritten.
fn write(folder: &Path, file: &str, text: &str) -> Result<(), Problem> {
    let told = |error: &std::io::Error| {
        let hint = "may the server write to the folder of --save-to, and is there room?";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{file} cannot be written: {error}"), hint)
    };
    std::fs::create_dir_all(folder).map_err(|e| told(&e))?;
    let mut draft = tempfile::NamedTempFile::new_in(folder).map_err(|e| told(&e))?;
    draft.write_all(text.as_bytes()).and_then(|()| draft.as_file().sync_all()).map_err(|e| told(&e))?;
    draft.persist_noclobber(folder.join(file)).map_err(|e| match e.error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Problem::new(StatusCode::CONFLICT, format!("there is a file {file} already"), "give another name")
        }
        _ => told(&e.error),
    })?;
    Ok(())
}
