-- What must be proven. Titles and names are sealed.
CREATE TABLE evidence_claim (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('identity','family','flight','residence','income','other')),
	closed  BIGINT,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	version BIGINT NOT NULL,
	body    BYTEA
);
CREATE INDEX evidence_claim_person ON evidence_claim (person, at);

-- The pieces that prove it: how they stand now. How they came to stand so is in evidence_event.
CREATE TABLE evidence_piece (
	id      TEXT PRIMARY KEY,
	claim   TEXT NOT NULL REFERENCES evidence_claim (id),
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('missing','asked','sent','translating','there','disputed','unneeded')),
	owner   TEXT NOT NULL,
	due     TEXT,
	at      BIGINT NOT NULL,
	changed BIGINT NOT NULL,
	version BIGINT NOT NULL,
	body    BYTEA
);
CREATE INDEX evidence_piece_person ON evidence_piece (person, at);
CREATE INDEX evidence_piece_claim ON evidence_piece (claim);
CREATE INDEX evidence_piece_owner ON evidence_piece (owner, due);

-- Papers. Minded is the last alarm about the last day that a colleague took on.
CREATE TABLE evidence_document (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	expires    TEXT,
	minded     BIGINT NOT NULL,
	own        BOOLEAN NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	checked    BIGINT,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	version    BIGINT NOT NULL,
	body       BYTEA
);
CREATE INDEX evidence_document_person ON evidence_document (person, at);
CREATE INDEX evidence_document_removed ON evidence_document (removed);

-- The scans of a paper; none replaces another.
CREATE TABLE evidence_scan (
	id       TEXT PRIMARY KEY,
	document TEXT NOT NULL REFERENCES evidence_document (id),
	person   TEXT NOT NULL,
	n        BIGINT NOT NULL,
	type     TEXT NOT NULL CHECK (type IN ('pdf','jpeg','png')),
	size     BIGINT NOT NULL,
	preview  BOOLEAN NOT NULL,
	own      BOOLEAN NOT NULL,
	made_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	UNIQUE (document, n)
);
CREATE INDEX evidence_scan_person ON evidence_scan (person, at);

-- The sealed bytes, apart so that no list ever reads them. One value each: at most twenty megabytes, sealed and opened as a
-- whole, so that half of one can never be shown.
CREATE TABLE evidence_content (
	scan   TEXT NOT NULL REFERENCES evidence_scan (id),
	part   TEXT NOT NULL CHECK (part IN ('whole','preview')),
	person TEXT NOT NULL,
	body   BYTEA NOT NULL,
	PRIMARY KEY (scan, part)
);
CREATE INDEX evidence_content_person ON evidence_content (person);

-- Which document proves which piece; one may prove several.
CREATE TABLE evidence_proof (
	document TEXT NOT NULL REFERENCES evidence_document (id),
	piece    TEXT NOT NULL REFERENCES evidence_piece (id),
	person   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (document, piece)
);
CREATE INDEX evidence_proof_piece ON evidence_proof (piece);
CREATE INDEX evidence_proof_person ON evidence_proof (person);

-- The story. It is only added to; what is destroyed takes its own lines along.
CREATE TABLE evidence_event (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	about   TEXT NOT NULL,
	kind    TEXT NOT NULL,
	own     BOOLEAN NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	body    BYTEA
);
CREATE INDEX evidence_event_about ON evidence_event (about, at);
CREATE INDEX evidence_event_person ON evidence_event (person, at);

-- A file whose form had faults, kept for a day so that it need not be sent again.
CREATE TABLE evidence_held (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	actor   TEXT NOT NULL,
	type    TEXT NOT NULL,
	body    BYTEA NOT NULL,
	preview BYTEA,
	at      BIGINT NOT NULL
);
CREATE INDEX evidence_held_person ON evidence_held (person);
CREATE INDEX evidence_held_at ON evidence_held (at);
