-- The ledger, version 4: what people say of reports, commitments over several articles, links of the past.

-- A verdict of a coder on a report. It holds on to the mark and the words of the trigger, so that it outlives a new
-- coding; `until` is the revision that took it back.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    review_id TEXT NOT NULL UNIQUE,
    mark TEXT NOT NULL,
    words TEXT NOT NULL,                -- of the trigger
    document INTEGER NOT NULL REFERENCES document (id),
    report INTEGER NOT NULL REFERENCES report (id),     -- the version that was judged
    coder TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('confirm', 'correct', 'reject', 'comment')),
    field TEXT,                         -- of a correction
    value_before TEXT,
    value TEXT,                         -- NULL: the field is empty
    comment TEXT,
    since INTEGER NOT NULL REFERENCES revision (id),
    until INTEGER REFERENCES revision (id)
) STRICT;
CREATE INDEX review_mark ON review (mark, id);
CREATE INDEX review_document ON review (document, id);
CREATE INDEX review_since ON review (since);

-- For the queue of doubtful reports.
CREATE INDEX report_confidence ON report (confidence, id) WHERE until IS NULL AND kind <> 'row';

-- Where a commitment stands: document and place of its obligation.
ALTER TABLE commitment ADD COLUMN mark TEXT;
UPDATE commitment SET mark = (SELECT document_id FROM coding JOIN document ON document.id = coding.document
    WHERE coding.id = commitment.coding) || ':c' || ifnull(json_extract(record, '$.sentence.start'), 0) || '.' || name;
CREATE INDEX commitment_mark ON commitment (mark);

-- Two articles tell the same commitment; both directions.
CREATE TABLE commitment_link (
    a INTEGER NOT NULL REFERENCES commitment (id),
    b INTEGER NOT NULL REFERENCES commitment (id),
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- Links that were replaced, for questions about the past.
ALTER TABLE link ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
CREATE TABLE link_past (
    report INTEGER NOT NULL REFERENCES report (id),
    reasons TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL REFERENCES revision (id),
    PRIMARY KEY (report, since)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER link_replaced BEFORE INSERT ON link BEGIN
    INSERT OR REPLACE INTO link_past SELECT report, reasons, since, (SELECT max(id) FROM revision) FROM link
    WHERE report = new.report AND since < (SELECT max(id) FROM revision);
END;
CREATE TRIGGER link_ended AFTER DELETE ON link BEGIN
    INSERT OR REPLACE INTO link_past SELECT old.report, old.reasons, old.since, (SELECT max(id) FROM revision)
    WHERE old.since < (SELECT max(id) FROM revision);
END;
