//! Copies of the gold that are wrong in known ways.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// A damaged copy and the document that it is scored against.
pub struct Case {
    /// What was done to it.
    pub name: String,
    /// Number of the document.
    pub gold: usize,
    /// The copy.
    pub system: Vec<Value>,
    /// Whether a clear error is as good as the oracle's number.
    pub may_be_refused: bool,
}

/// Fields that no measure reads.
const UNREAD: [&str; 38] = [
    "note",
    "n",
    "resolved_by",
    "level",
    "verb",
    "span",
    "links",
    "casualties",
    "content",
    "about",
    "condition",
    "quad",
    "quad_label",
    "basis",
    "events",
    "explanation",
    "resolution",
    "attribute",
    "cue",
    "block",
    "addressee",
    "speaker_role",
    "speaker_span",
    "obligation",
    "instrument",
    "violation_condition",
    "part",
    "completion",
    "translated",
    "outlet",
    "title",
    "language",
    "sha256",
    "given",
    "publication_date",
    "agencies",
    "licence",
    "source_url",
];

/// What is done to a field.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    Remove,
    Null,
    Unknown,
    Exchange,
    Number,
    List,
    Object,
    Words,
}

const WRONG_TYPES: [Change; 5] = [Change::Null, Change::Number, Change::List, Change::Object, Change::Words];

/// A path like `event.source[].name`, split at its dots.
type Path = Vec<String>;

/// Every field that is read: removed, unknown, exchanged, and of a wrong type; each on one of the documents that have it.
pub fn field_by_field(documents: &[&[Value]]) -> Vec<Case> {
    let mut cases = Vec::new();
    let all: BTreeSet<(String, Path)> = documents.iter().flat_map(|d| paths(d)).collect();
    for (turn, (kind, path)) in all.into_iter().enumerate() {
        let with: Vec<usize> = (0..documents.len())
            .filter(|n| paths(documents[*n]).contains(&(kind.clone(), path.clone())))
            .collect();
        let changes =
            [Change::Remove, Change::Unknown, Change::Exchange, WRONG_TYPES[turn % WRONG_TYPES.len()]];
        for (shift, change) in changes.into_iter().enumerate() {
            let gold = with[(turn + shift) % with.len()];
            let system = changed(documents[gold], &kind, &path, change);
            let typed = !matches!(change, Change::Remove | Change::Null | Change::Exchange)
                || ["record", "id"].contains(&path[0].as_str()) && change != Change::Exchange;
            cases.push(Case {
                name: format!("{change:?} {kind}.{} of document {gold}", path.join(".")),
                gold,
                system,
                may_be_refused: typed,
            });
        }
    }
    cases
}

/// All fields of all kinds of records.
fn paths(records: &[Value]) -> BTreeSet<(String, Path)> {
    let mut out = BTreeSet::new();
    for record in records {
        let kind = record["record"].as_str().expect("a kind");
        walk(record, &mut Vec::new(), &mut |path| {
            out.insert((kind.to_owned(), path.to_vec()));
        });
    }
    out
}

fn walk(value: &Value, path: &mut Path, see: &mut impl FnMut(&[String])) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !UNREAD.contains(&name.as_str())) {
                path.push(name.clone());
                see(path);
                walk(value, path, see);
                path.pop();
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, see)),
        _ => {}
    }
}

/// The copy with a field changed in the first, third, fifth … record that has it.
fn changed(records: &[Value], kind: &str, path: &[String], change: Change) -> Vec<Value> {
    let mut out = records.to_vec();
    let mut pool = Vec::new();
    for record in records.iter().filter(|r| r["record"] == kind) {
        each_field(&mut record.clone(), path, &mut |fields, name| pool.push(fields[name].clone()));
    }
    let by = pool.len().min(1);
    pool.rotate_left(by);
    let (mut turn, mut next) = (0, 0);
    for record in out.iter_mut().filter(|r| r["record"] == kind) {
        let mut touched = false;
        each_field(record, path, &mut |fields, name| {
            if turn % 2 == 0 {
                apply(fields, name, change, &pool[next]);
            }
            next += 1;
            touched = true;
        });
        turn += usize::from(touched);
    }
    out
}

fn each_field(value: &mut Value, path: &[String], act: &mut impl FnMut(&mut Map<String, Value>, &str)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_field(item, path, act)),
        Value::Object(fields) if !fields.contains_key(&path[0]) => {}
        Value::Object(fields) if path.len() == 1 => act(fields, &path[0]),
        Value::Object(fields) => each_field(&mut fields[&path[0]], &path[1..], act),
        _ => {}
    }
}

fn apply(fields: &mut Map<String, Value>, name: &str, change: Change, other: &Value) {
    let old = fields[name].clone();
    let new = match change {
        Change::Remove => {
            fields.remove(name);
            return;
        }
        Change::Null => Value::Null,
        Change::Unknown => unknown(&old),
        Change::Exchange => other.clone(),
        Change::Number => json!(7),
        Change::List => json!([]),
        Change::Object => json!({}),
        Change::Words => json!("quite other words"),
    };
    fields.insert(name.to_owned(), new);
}

/// A value of the same type that means nothing.
fn unknown(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::String(_) => json!("Zyx_Unknown"),
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(number.as_u64().unwrap_or(60) + 3),
        Value::Array(items) => items.iter().filter(|item| item.is_string()).map(unknown).collect(),
        Value::Object(_) => json!({}),
    }
}

/// Kinds dropped, doubled, turned round and merged; records dropped one by one; spans moved, shortened and widened.
pub fn whole_records(gold: usize, records: &[Value]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case =
        |name: String, system: Vec<Value>| cases.push(Case { name, gold, system, may_be_refused: false });
    let kinds: BTreeSet<&str> = records.iter().filter_map(|r| r["record"].as_str()).collect();
    for kind in kinds {
        let of_kind = |r: &&Value| r["record"] == kind;
        let (these, others): (Vec<_>, Vec<_>) = records.iter().partition(of_kind);
        let both = |these: Vec<&Value>| others.iter().copied().chain(these).cloned().collect::<Vec<_>>();
        case(format!("{kind} dropped"), both(vec![]));
        case(format!("{kind} halved"), both(these.iter().copied().step_by(2).collect()));
        case(format!("{kind} turned round"), both(these.iter().copied().rev().collect()));
        if kind != "entity" {
            case(format!("{kind} doubled"), both([these.clone(), these.clone()].concat()));
        }
    }
    for number in (1..records.len()).step_by(7) {
        let mut system = records.to_vec();
        system.remove(number);
        case(format!("record {number} dropped"), system);
    }
    for (name, start, end) in
        [("moved by 1", 1, 1), ("moved far", 40, 40), ("shortened", 2, 0), ("widened", 0, 30)]
    {
        let moved = records.iter().cloned().map(|mut r| {
            shift(&mut r, start, end);
            r
        });
        case(name.to_owned(), moved.collect());
    }
    cases
}

fn shift(value: &mut Value, start: u64, end: u64) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| shift(item, start, end)),
        Value::Object(fields) => {
            for (name, by) in [("start", start), ("end", end)] {
                if let Some(place) = fields.get(name).and_then(Value::as_u64) {
                    fields.insert(name.to_owned(), json!(place + by));
                }
            }
            fields.values_mut().for_each(|value| shift(value, start, end));
        }
        _ => {}
    }
}

/// Numbers that are the same on every run.
pub struct Random(u64);

impl Random {
    /// A row of numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// Ten fields changed, some records dropped, some doubled, some moved to the end, and some spans moved.
pub fn mixed(records: &[Value], random: &mut Random) -> Vec<Value> {
    let fields: Vec<(String, Path)> = paths(records)
        .into_iter()
        .filter(|(_, p)| !["record", "id", "start", "end"].contains(&p[p.len() - 1].as_str()))
        .collect();
    let mut out = records.to_vec();
    for _ in 0..10 {
        let (kind, path) = &fields[random.below(fields.len())];
        let change = [Change::Exchange, Change::Unknown][random.below(2)];
        out = changed(&out, kind, path, change);
    }
    for _ in 0..8 {
        let at = 1 + random.below(out.len() - 1);
        let mut record = out.remove(at);
        match random.below(4) {
            0 => {}
            1 => out.push(record),
            2 => {
                out.push(record.clone());
                out.insert(at, record);
            }
            _ => {
                shift(&mut record, 5, 5);
                out.insert(at, record);
            }
        }
    }
    out
}
