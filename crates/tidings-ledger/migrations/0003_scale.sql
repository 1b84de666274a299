-- The ledger, version 3: rows of other tables beside coded reports.

-- Without the list of kinds, which grows.
CREATE TABLE revision_any (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,               -- UTC; never before that of the revision before, whatever the clock said
    kind TEXT NOT NULL,             -- add, recode, load, split, merge …
    note TEXT
) STRICT;
INSERT INTO revision_any SELECT id, at, kind, note FROM revision;
DROP TABLE revision;
ALTER TABLE revision_any RENAME TO revision;

-- A row of somebody else's table may stand for many reports of many outlets.
ALTER TABLE report ADD COLUMN stands_for INTEGER NOT NULL DEFAULT 1;
ALTER TABLE report ADD COLUMN stands_for_outlets INTEGER NOT NULL DEFAULT 1;
ALTER TABLE report ADD COLUMN origin_event TEXT;    -- origin and its id of the event, where it has one
ALTER TABLE report ADD COLUMN digest INTEGER;       -- of the row as it was loaded: tells a changed one from a known one
CREATE INDEX report_origin_event ON report (origin_event) WHERE origin_event IS NOT NULL AND until IS NULL;

-- "As of" looks up the last revision of a day.
CREATE INDEX revision_at ON revision (at);

CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT,
    admin1 TEXT,
    geonames INTEGER,
    latitude REAL,
    longitude REAL
) STRICT;
CREATE UNIQUE INDEX place_once ON place
    (name, ifnull(country, ''), ifnull(admin1, ''), ifnull(geonames, 0), ifnull(latitude, 999), ifnull(longitude, 999));

-- What charts, networks, maps and lists ask of a state of an event, in one narrow row: read into memory as columns
-- (src/columns.rs). Written with the state; lists are numbers of rows in their order, separated by blanks.
CREATE TABLE event_brief (
    state INTEGER PRIMARY KEY REFERENCES event_state (id),
    day INTEGER,                        -- days since 1970-01-01; NULL where nothing says when
    event_type TEXT NOT NULL,
    quad_class INTEGER NOT NULL,
    status TEXT NOT NULL,
    together INTEGER NOT NULL,          -- all parties did it together
    score_tenths INTEGER,               -- PLOVER score; whole numbers: sums must not drift
    n_reports INTEGER NOT NULL,
    place INTEGER REFERENCES place (id),
    sources TEXT NOT NULL,              -- actors
    targets TEXT NOT NULL,
    documents TEXT NOT NULL,            -- those whose reports told it then
    since INTEGER NOT NULL
) STRICT;
CREATE INDEX event_state_ended ON event_state (until) WHERE until IS NOT NULL;

INSERT OR IGNORE INTO place (name, country, admin1, geonames, latitude, longitude)
    SELECT place, place_country, place_admin1, place_geonames, latitude, longitude FROM event_state
    WHERE place IS NOT NULL ORDER BY id;
-- The same words are in src/grouping/state.rs.
INSERT INTO event_brief
    SELECT event_state.id, CAST(julianday(substr(event_date || '-01-01', 1, 10)) - 2440587.5 AS INTEGER), event_type, quad_class, status,
        (SELECT ifnull(json_extract(record, '$.reciprocal'), 0) FROM report WHERE report.id = best_report),
        CAST(round(plover_score * 10) AS INTEGER), n_reports,
        (SELECT place.id FROM place WHERE name = event_state.place
            AND ifnull(country, '') = ifnull(place_country, '') AND ifnull(admin1, '') = ifnull(place_admin1, '')
            AND ifnull(geonames, 0) = ifnull(place_geonames, 0)
            AND ifnull(place.latitude, 999) = ifnull(event_state.latitude, 999)
            AND ifnull(place.longitude, 999) = ifnull(event_state.longitude, 999)),
        (SELECT ifnull(group_concat(actor, ' ' ORDER BY actor), '') FROM event_actor
            WHERE state = event_state.id AND side = 'source'),
        (SELECT ifnull(group_concat(actor, ' ' ORDER BY actor), '') FROM event_actor
            WHERE state = event_state.id AND side = 'target'),
        (SELECT ifnull(group_concat(document, ' ' ORDER BY document), '') FROM (SELECT DISTINCT document
            FROM membership JOIN report ON report.id = membership.report
            WHERE membership.event = event_state.event AND membership.since <= event_state.since
            AND (membership.until IS NULL OR membership.until > event_state.since))),
        event_state.since
    FROM event_state;

-- What they replace.
DROP TABLE cell;
DROP TABLE dyad_month;

-- How many documents mention an actor, or have a row about it: lists of actors show it.
ALTER TABLE actor ADD COLUMN n_documents INTEGER NOT NULL DEFAULT 0;
UPDATE actor SET n_documents =
    (SELECT count(DISTINCT document) FROM mention JOIN coding ON coding.id = coding WHERE mention.actor = actor.id);

-- Lists of reports and of documents are sorted by these.
DROP INDEX document_published;
CREATE INDEX document_day ON document (ifnull(published, ''), id);
DROP INDEX report_date;
CREATE INDEX report_day ON report (ifnull(event_date, ''), id);
DROP INDEX report_doubtful;
CREATE INDEX report_claim ON report (ifnull(event_date, ''), id)
    WHERE status <> 'asserted' AND speaker_name IS NOT NULL;
