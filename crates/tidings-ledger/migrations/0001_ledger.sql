-- The ledger, version 1. Rows are never overwritten where history matters: `since` is the revision that wrote a row,
-- `until` the one that replaced it (NULL: it still holds). The state on a day is that of its last revision.
-- Codes are text, days are ISO text and, for arithmetic, days since 1970-01-01 (`_day`); missing is NULL.

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,               -- UTC; never before that of the revision before, whatever the clock said
    kind TEXT NOT NULL CHECK (kind IN ('add', 'recode', 'split', 'merge')),
    note TEXT
) STRICT;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE,   -- first 16 digits of the hash
    sha256 TEXT NOT NULL UNIQUE,        -- of the text
    title TEXT,
    language TEXT NOT NULL,
    published TEXT,                     -- earliest known
    n_chars INTEGER NOT NULL,
    text TEXT NOT NULL,
    family INTEGER NOT NULL,            -- the first document with nearly this text; itself if there was none
    likeness REAL,                      -- share of word shingles in common with that document
    since INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
CREATE INDEX document_family ON document (family);
CREATE INDEX document_published ON document (published, id);

-- Who published a text, where and when: the same words come out in many places.
CREATE TABLE publication (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    name TEXT NOT NULL,                 -- what the input called it
    outlet TEXT,
    url TEXT,
    published TEXT,
    basis TEXT,
    since INTEGER NOT NULL REFERENCES revision (id)
) STRICT;
CREATE UNIQUE INDEX publication_once
    ON publication (document, ifnull(outlet, ''), ifnull(url, ''), ifnull(published, ''));
CREATE INDEX publication_outlet ON publication (outlet, document);

-- Bands of the documents' MinHash signatures: equal bands make two documents worth comparing.
CREATE TABLE band (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE coding (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    number INTEGER NOT NULL,
    engine TEXT NOT NULL,
    record_schema TEXT NOT NULL,
    frame TEXT NOT NULL,                -- JSON: document, segments, sentences, times
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id),
    UNIQUE (document, number)
) STRICT;

CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    entity TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    sector TEXT NOT NULL,               -- separated by blanks
    role TEXT,                          -- when it was first met; the records say which on each day
    generic INTEGER NOT NULL            -- an unnamed group
) STRICT;
CREATE INDEX actor_country ON actor (country);

-- Who is mentioned in an article.
CREATE TABLE mention (
    coding INTEGER NOT NULL REFERENCES coding (id),
    actor INTEGER NOT NULL REFERENCES actor (id),
    n_mentions INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (coding, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_actor ON mention (actor, coding);

-- An event as one article tells it.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL UNIQUE,
    mark TEXT NOT NULL,                 -- document and place of its trigger: what hand-made rulings hold on to
    coding INTEGER NOT NULL REFERENCES coding (id),
    document INTEGER NOT NULL REFERENCES document (id),
    name TEXT NOT NULL,                 -- E01 …
    kind TEXT NOT NULL,
    tier TEXT NOT NULL,
    event_type TEXT NOT NULL,
    mode TEXT NOT NULL,                 -- separated by blanks
    context TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    plover_score REAL,
    cameo TEXT,
    goldstein REAL,
    status TEXT NOT NULL,
    completion TEXT,
    event_date TEXT,                    -- first day
    event_date_end TEXT,
    date_precision TEXT,
    date_basis TEXT,
    first_day INTEGER,
    last_day INTEGER,
    place TEXT,
    place_country TEXT,
    place_admin1 TEXT,
    place_geonames INTEGER,
    place_precision TEXT,
    latitude REAL,
    longitude REAL,
    killed INTEGER,
    injured INTEGER,
    speaker INTEGER REFERENCES actor (id),  -- the innermost of the chain
    speaker_name TEXT,
    confidence REAL NOT NULL,
    sentence_start INTEGER NOT NULL,    -- code points of the text, end exclusive
    sentence_end INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    trigger TEXT NOT NULL,
    record TEXT NOT NULL,               -- JSON, all of it
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id)
) STRICT;
CREATE INDEX report_coding ON report (coding);
CREATE INDEX report_mark ON report (mark) WHERE until IS NULL;
CREATE INDEX report_date ON report (event_date, id);
CREATE INDEX report_speaker ON report (speaker, id) WHERE speaker IS NOT NULL;
CREATE INDEX report_doubtful ON report (event_date, id) WHERE status <> 'asserted';

CREATE TABLE report_actor (
    report INTEGER NOT NULL REFERENCES report (id),
    side TEXT NOT NULL CHECK (side IN ('source', 'target', 'about')),
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (id),
    text TEXT,
    start INTEGER,
    end INTEGER,
    PRIMARY KEY (report, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_actor_actor ON report_actor (actor, report);

-- On whose word, from the outlet inwards.
CREATE TABLE attribution (
    report INTEGER NOT NULL REFERENCES report (id),
    position INTEGER NOT NULL,
    level INTEGER NOT NULL,
    actor INTEGER REFERENCES actor (id),
    name TEXT,
    kind TEXT NOT NULL,
    verb TEXT,
    unnamed INTEGER NOT NULL,
    PRIMARY KEY (report, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    id INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    name TEXT NOT NULL,
    speaker INTEGER REFERENCES actor (id),
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    text TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX quote_coding ON quote (coding);
CREATE INDEX quote_speaker ON quote (speaker, id);

CREATE TABLE commitment (
    id INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    name TEXT NOT NULL,
    obligation TEXT NOT NULL,
    instrument TEXT,
    entered TEXT,
    deadline TEXT,
    violation_condition TEXT,
    status TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX commitment_coding ON commitment (coding);

CREATE TABLE commitment_party (
    commitment INTEGER NOT NULL REFERENCES commitment (id),
    position INTEGER NOT NULL,
    actor INTEGER NOT NULL REFERENCES actor (id),
    part TEXT,
    PRIMARY KEY (commitment, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_party_actor ON commitment_party (actor, commitment);

CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX relation_coding ON relation (coding);

-- Two spans of one article that cannot both stand.
CREATE TABLE contradiction (
    id INTEGER PRIMARY KEY,
    coding INTEGER NOT NULL REFERENCES coding (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    attribute TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    explanation TEXT NOT NULL,
    resolution TEXT NOT NULL,
    record TEXT NOT NULL
) STRICT;
CREATE INDEX contradiction_coding ON contradiction (coding);

CREATE VIRTUAL TABLE document_text USING fts5 (
    title, text, content = 'document', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_indexed AFTER INSERT ON document BEGIN
    INSERT INTO document_text (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
