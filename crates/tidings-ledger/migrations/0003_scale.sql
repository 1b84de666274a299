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
