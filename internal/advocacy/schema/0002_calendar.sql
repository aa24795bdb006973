-- The calendar of parliament and courts. With a dossier an event is known to whom that dossier is known, and to nobody else. What
-- came out of a file has its uid, so that the same file twice changes nothing.
CREATE TABLE advocacy_event (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL,
	source  TEXT NOT NULL CHECK (source IN ('hand','file')),
	uid     TEXT UNIQUE,
	starts  BIGINT NOT NULL,
	ends    BIGINT NOT NULL,
	all_day BOOLEAN NOT NULL,
	off     BOOLEAN NOT NULL,
	dossier TEXT REFERENCES advocacy_dossier (id),
	gone    BIGINT,
	version BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX advocacy_event_starts ON advocacy_event (starts);

-- Which dossiers an event that everybody knows of matters to. Who may not know of the dossier does not see that it does.
CREATE TABLE advocacy_mark (
	event   TEXT NOT NULL REFERENCES advocacy_event (id),
	dossier TEXT NOT NULL REFERENCES advocacy_dossier (id),
	PRIMARY KEY (event, dossier)
);
CREATE INDEX advocacy_mark_dossier ON advocacy_mark (dossier);

-- Files that brought something, and what of them was not taken.
CREATE TABLE advocacy_import (
	id      TEXT PRIMARY KEY,
	kind    TEXT NOT NULL,
	fresh   BIGINT NOT NULL,
	altered BIGINT NOT NULL,
	same    BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
