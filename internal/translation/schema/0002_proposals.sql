-- Translations that colleagues made. Added and never changed, but for the two decisions: that a second reader agreed, and that it
-- ended. What is shown is, of each text, the one agreed to last that has not ended.
CREATE TABLE translation_proposal (
	id        TEXT PRIMARY KEY,
	tag       TEXT NOT NULL,
	key       TEXT NOT NULL,
	body      TEXT NOT NULL,
	made_of   TEXT NOT NULL,
	via       TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	passed    BIGINT,
	passed_by TEXT NOT NULL,
	closed    BIGINT,
	closed_by TEXT NOT NULL,
	close     TEXT NOT NULL
);
CREATE INDEX translation_proposal_text ON translation_proposal (tag, key, at);

-- One row: it rises when what is shown changes, so that every machine sees it.
CREATE TABLE translation_edition (
	id TEXT PRIMARY KEY,
	n  BIGINT NOT NULL
);
INSERT INTO translation_edition (id, n) VALUES ('texts', 0);

-- Files that came back from a translator: what was in them and what was wrong, by line.
CREATE TABLE translation_file (
	id      TEXT PRIMARY KEY,
	tag     TEXT NOT NULL,
	name    TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	report  TEXT NOT NULL
);

-- Pages on which a text was seen.
CREATE TABLE translation_seen (
	key   TEXT NOT NULL,
	route TEXT NOT NULL,
	PRIMARY KEY (key, route)
);
