-- The ledger, version 2: reports of the same event, grouped.

-- What the grouping compares of a report that still holds.
CREATE TABLE signature (
    report INTEGER PRIMARY KEY REFERENCES report (id),
    mark TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;

-- Reports with a key in common on near days are worth comparing.
CREATE TABLE block (
    key TEXT NOT NULL,
    day INTEGER NOT NULL,
    report INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (key, day, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_report ON block (report);

-- The best earlier report of the same event, and why.
CREATE TABLE link (
    report INTEGER PRIMARY KEY REFERENCES report (id),
    antecedent INTEGER NOT NULL REFERENCES report (id),
    score REAL NOT NULL,
    reasons TEXT NOT NULL               -- JSON: feature, weight, what was compared
) STRICT;
CREATE INDEX link_antecedent ON link (antecedent);

-- What people said of two reports: one event, or not. It holds on to marks, so that it outlives a new coding.
CREATE TABLE ruling (
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    together INTEGER NOT NULL,
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id),
    PRIMARY KEY (a, b, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX ruling_b ON ruling (b, a);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE       -- mark of the report that it began with
) STRICT;

CREATE TABLE membership (
    report INTEGER NOT NULL REFERENCES report (id),
    event INTEGER NOT NULL REFERENCES event (id),
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id),
    PRIMARY KEY (report, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_event ON membership (event, report);

-- What the reports of an event say together, from one revision to another.
CREATE TABLE event_state (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event (id),
    event_date TEXT NOT NULL,           -- first day; that of publication, or '' where nothing says when
    date_precision TEXT,
    date_basis TEXT,
    event_type TEXT NOT NULL,
    mode TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    plover_score REAL,
    status TEXT NOT NULL,
    place TEXT,
    place_country TEXT,
    place_admin1 TEXT,
    place_geonames INTEGER,
    latitude REAL,
    longitude REAL,
    n_reports INTEGER NOT NULL,
    n_outlets INTEGER NOT NULL,
    n_texts INTEGER NOT NULL,           -- copies of one text count once
    best_report INTEGER NOT NULL REFERENCES report (id),
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id)
) STRICT;
CREATE INDEX event_state_event ON event_state (event, since);
CREATE INDEX event_state_date ON event_state (event_date, id);
CREATE INDEX event_state_type ON event_state (event_type, event_date, id);

CREATE TABLE event_actor (
    state INTEGER NOT NULL REFERENCES event_state (id),
    side TEXT NOT NULL CHECK (side IN ('source', 'target')),
    actor INTEGER NOT NULL REFERENCES actor (id),
    country TEXT NOT NULL,              -- '' if none
    event_date TEXT NOT NULL,           -- of the state, for paging
    PRIMARY KEY (state, side, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_actor ON event_actor (actor, event_date, state);
CREATE INDEX event_actor_country ON event_actor (country, event_date, state);

-- Reports of one event that disagree.
CREATE TABLE disagreement (
    state INTEGER NOT NULL REFERENCES event_state (id),
    field TEXT NOT NULL,
    accounts TEXT NOT NULL,             -- JSON: value, reports
    PRIMARY KEY (state, field)
) STRICT, WITHOUT ROWID;

-- What an event that holds adds to the roll-up: one row a pair of countries.
CREATE TABLE cell (
    state INTEGER NOT NULL REFERENCES event_state (id),
    source TEXT NOT NULL,               -- country, '' if none
    target TEXT NOT NULL,
    month TEXT NOT NULL,
    event_type TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    status TEXT NOT NULL,
    reports INTEGER NOT NULL,
    score_tenths INTEGER NOT NULL,      -- whole numbers: sums must not drift
    PRIMARY KEY (state, source, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE dyad_month (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    month TEXT NOT NULL,
    event_type TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    status TEXT NOT NULL,
    events INTEGER NOT NULL,
    reports INTEGER NOT NULL,
    score_tenths INTEGER NOT NULL,      -- sum over events
    PRIMARY KEY (source, target, month, event_type, quad_class, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_month_target ON dyad_month (target, source, month);

CREATE TRIGGER cell_in AFTER INSERT ON cell BEGIN
    INSERT INTO dyad_month VALUES
        (new.source, new.target, new.month, new.event_type, new.quad_class, new.status, 1, new.reports,
         new.score_tenths)
    ON CONFLICT DO UPDATE SET
        events = events + 1, reports = reports + excluded.reports,
        score_tenths = score_tenths + excluded.score_tenths;
END;
CREATE TRIGGER cell_out AFTER DELETE ON cell BEGIN
    UPDATE dyad_month SET events = events - 1, reports = reports - old.reports,
        score_tenths = score_tenths - old.score_tenths
    WHERE (source, target, month, event_type, quad_class, status)
        = (old.source, old.target, old.month, old.event_type, old.quad_class, old.status);
    DELETE FROM dyad_month
    WHERE (source, target, month, event_type, quad_class, status)
        = (old.source, old.target, old.month, old.event_type, old.quad_class, old.status) AND events = 0;
END;
