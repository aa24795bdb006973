-- What help somebody needs. Which help is sealed; desk says that the desk may open it at check-in.
CREATE TABLE care_need (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	desk       BOOLEAN NOT NULL,
	own        BOOLEAN NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	review     TEXT,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX care_need_person ON care_need (person, at);

-- Why it is needed, in a table of its own that no list reads.
CREATE TABLE care_background (
	need    TEXT PRIMARY KEY REFERENCES care_need (id),
	person  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX care_background_person ON care_background (person);

-- Who is named for a background. An end is kept, so that it can be told who could read it and when.
CREATE TABLE care_reader (
	id        TEXT PRIMARY KEY,
	need      TEXT NOT NULL REFERENCES care_need (id),
	person    TEXT NOT NULL,
	colleague TEXT NOT NULL,
	given_by  TEXT NOT NULL,
	since     BIGINT NOT NULL,
	ended     BIGINT,
	ended_by  TEXT NOT NULL
);
CREATE INDEX care_reader_need ON care_reader (need, ended);
CREATE INDEX care_reader_person ON care_reader (person);
CREATE UNIQUE INDEX care_reader_once ON care_reader (need, colleague) WHERE ended IS NULL;

-- How it stood with the school of a child; the newest row of a child that was not taken back is how it stands.
CREATE TABLE care_school (
	id         TEXT PRIMARY KEY,
	child      TEXT NOT NULL,
	person     TEXT NOT NULL,
	location   TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('goes','waiting','none','young','unknown')),
	since      TEXT,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX care_school_person ON care_school (person, at);
CREATE INDEX care_school_child ON care_school (child, at);
CREATE INDEX care_school_state ON care_school (state, location);

-- The way to a doctor; the newest row of a kind is how it stands.
CREATE TABLE care_doctor (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX care_doctor_person ON care_doctor (person, at);

-- How alone somebody is. Worse waits until a caseworker minds it.
CREATE TABLE care_notice (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	worse      BOOLEAN NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	minded     BIGINT,
	minded_by  TEXT NOT NULL,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX care_notice_person ON care_notice (person, at);
CREATE INDEX care_notice_worse ON care_notice (worse, minded, at);
