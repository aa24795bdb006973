-- One legal case of one person. Which law governs it is never stored: it follows from what happened, per track.
CREATE TABLE procedure_track (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	topic     TEXT NOT NULL,
	owner     TEXT NOT NULL,           -- the legal caseworker; empty when nobody is assigned
	team      TEXT NOT NULL,
	opened    BIGINT NOT NULL,
	opened_by TEXT NOT NULL,
	version   BIGINT NOT NULL          -- how often it was derived
);
CREATE INDEX procedure_track_person ON procedure_track (person);

-- What happened. A row is never changed: a correction is a new row that supersedes one, and taking back is a correction
-- that voids. root is the first row of such a line, so that a deadline keeps its name when its event is corrected.
CREATE TABLE procedure_event (
	id         TEXT PRIMARY KEY,
	track      TEXT NOT NULL REFERENCES procedure_track (id),
	person     TEXT NOT NULL,
	root       TEXT NOT NULL,
	supersedes TEXT UNIQUE REFERENCES procedure_event (id),
	void       BOOLEAN NOT NULL,
	kind       TEXT NOT NULL,
	day_from   TEXT,
	day_to     TEXT,
	how        TEXT NOT NULL,
	outcome    TEXT NOT NULL,
	route      TEXT NOT NULL,
	letter     TEXT,
	extend     TEXT NOT NULL,
	note       BYTEA,                  -- sealed
	at         BIGINT NOT NULL,
	made_by    TEXT NOT NULL
);
CREATE INDEX procedure_event_track ON procedure_event (track);
CREATE INDEX procedure_event_person ON procedure_event (person, at);

-- What the engine said, each time, with the rules and the calendar it said it from. Never changed.
CREATE TABLE procedure_derivation (
	id       TEXT PRIMARY KEY,
	track    TEXT NOT NULL REFERENCES procedure_track (id),
	person   TEXT NOT NULL,
	version  BIGINT NOT NULL,
	rules    TEXT NOT NULL,
	calendar TEXT NOT NULL,
	body     BYTEA NOT NULL,           -- packed JSON
	at       BIGINT NOT NULL,
	UNIQUE (track, version)
);
CREATE INDEX procedure_derivation_person ON procedure_derivation (person);

-- Versions of deadlines, for lists and alarms. A date that changes is a new version; the old one names it.
CREATE TABLE procedure_deadline (
	id            TEXT PRIMARY KEY,
	track         TEXT NOT NULL REFERENCES procedure_track (id),
	person        TEXT NOT NULL,
	owner         TEXT NOT NULL,
	team          TEXT NOT NULL,
	name          TEXT NOT NULL,       -- term and event: what stays the same from version to version
	term          TEXT NOT NULL,
	party         TEXT NOT NULL,
	kind          TEXT NOT NULL,
	waits         BOOLEAN NOT NULL,    -- an authority's term, or a first day: nothing to do before it
	safe          TEXT,
	last          TEXT,
	urgent        BOOLEAN NOT NULL,
	sure          BOOLEAN NOT NULL,
	confirmed     BOOLEAN NOT NULL,
	version       BIGINT NOT NULL,
	derived       BIGINT NOT NULL,     -- the version of the derivation that gave it
	state         TEXT NOT NULL CHECK (state IN ('open', 'met', 'done', 'dropped', 'superseded')),
	superseded_by TEXT,
	made          BIGINT NOT NULL,
	done          BIGINT,
	done_by       TEXT NOT NULL,
	done_how      TEXT NOT NULL,
	done_note     BYTEA,               -- sealed
	UNIQUE (track, name, version)
);
CREATE INDEX procedure_deadline_person ON procedure_deadline (person, state);
CREATE INDEX procedure_deadline_owner ON procedure_deadline (owner, state, safe);
CREATE INDEX procedure_deadline_state ON procedure_deadline (state, waits, safe);

-- Who was warned of what, and by which grant they may look. Ended when the deadline is.
CREATE TABLE procedure_escalation (
	id       TEXT PRIMARY KEY,
	deadline TEXT NOT NULL REFERENCES procedure_deadline (id),
	person   TEXT NOT NULL,
	rung     BIGINT NOT NULL CHECK (rung IN (14, 7, 3, 1)),
	role     TEXT NOT NULL CHECK (role IN ('owner', 'deputy', 'lead')),
	holder   TEXT NOT NULL,            -- a colleague
	grant_id TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended    BIGINT
);
CREATE INDEX procedure_escalation_deadline ON procedure_escalation (deadline);
CREATE INDEX procedure_escalation_holder ON procedure_escalation (holder, ended);
CREATE INDEX procedure_escalation_person ON procedure_escalation (person);
