-- Who is on duty at which desk. The place is kept so that a role that was taken away ends the duty's reach too.
CREATE TABLE contact_duty (
	id        TEXT PRIMARY KEY,
	colleague TEXT NOT NULL,
	desk      TEXT NOT NULL,
	location  TEXT NOT NULL,
	team      TEXT NOT NULL,
	since     BIGINT NOT NULL,
	until     BIGINT NOT NULL,
	ended     BIGINT
);
CREATE INDEX contact_duty_colleague ON contact_duty (colleague, ended);
CREATE INDEX contact_duty_desk ON contact_duty (desk, ended);

-- How long a visit opens a file, where a location wants something else than the ninety minutes.
CREATE TABLE contact_window (
	location   TEXT PRIMARY KEY,
	minutes    BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 180),
	changed    BIGINT NOT NULL,
	changed_by TEXT NOT NULL
);

-- Who came to a desk. The name and language that the queue shows are sealed: with the person's key, or with the house's
-- for somebody without a file. Until is the end of the window; confirmed presence moves it.
CREATE TABLE contact_visit (
	id          TEXT PRIMARY KEY,
	desk        TEXT NOT NULL,
	location    TEXT NOT NULL,
	person      TEXT NOT NULL,
	body        BYTEA,
	how         TEXT NOT NULL CHECK (how IN ('card','appointment','name','anonymous')),
	appointment TEXT NOT NULL,
	came        BIGINT NOT NULL,
	until       BIGINT NOT NULL,
	taken_by    TEXT NOT NULL,
	taken       BIGINT,
	done        BIGINT,
	gone        BIGINT,
	moment      TEXT NOT NULL
);
CREATE INDEX contact_visit_desk ON contact_visit (desk, came);
CREATE INDEX contact_visit_person ON contact_visit (person, came);
-- Nobody waits twice.
CREATE UNIQUE INDEX contact_visit_waiting ON contact_visit (person) WHERE person <> '' AND taken IS NULL AND done IS NULL AND gone IS NULL;

-- Every attempt to check somebody in, to notice guessing; forgotten after a day.
CREATE TABLE contact_try (
	id        TEXT PRIMARY KEY,
	colleague TEXT NOT NULL,
	desk      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	hit       BOOLEAN NOT NULL
);
CREATE INDEX contact_try_at ON contact_try (at);

-- What was said and done; sealed. A correction is a new version, the old one stays. Form is the key of the form that
-- wrote it: a draft of the same form that arrives late is not kept.
CREATE TABLE contact_moment (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	at        BIGINT NOT NULL,
	author    TEXT NOT NULL,
	team      TEXT NOT NULL,
	desk      TEXT NOT NULL,
	visible   TEXT NOT NULL CHECK (visible IN ('client','team','me')),
	body      BYTEA NOT NULL,
	version   BIGINT NOT NULL,
	corrected BIGINT,
	form      TEXT NOT NULL
);
CREATE INDEX contact_moment_person ON contact_moment (person, at);
CREATE TABLE contact_moment_version (
	moment  TEXT NOT NULL REFERENCES contact_moment (id),
	version BIGINT NOT NULL,
	person  TEXT NOT NULL,
	body    BYTEA NOT NULL,
	visible TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (moment, version)
);
CREATE INDEX contact_moment_version_person ON contact_moment_version (person);

-- What was promised, by whom it is to be done and when; about is the contact or the appointment it comes from.
CREATE TABLE contact_promise (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	about   TEXT NOT NULL,
	owner   TEXT NOT NULL,
	made_by TEXT NOT NULL,
	team    TEXT NOT NULL,
	due     TEXT NOT NULL,
	body    BYTEA NOT NULL,
	visible TEXT NOT NULL CHECK (visible IN ('client','team','me')),
	made_at BIGINT NOT NULL,
	done_at BIGINT,
	done_by TEXT NOT NULL
);
CREATE INDEX contact_promise_owner ON contact_promise (owner, done_at, due);
CREATE INDEX contact_promise_person ON contact_promise (person, made_at);

-- Appointments. Kept is when a contact was recorded at it; asked is when the person asked for another time.
CREATE TABLE contact_appointment (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	colleague TEXT NOT NULL,
	location  TEXT NOT NULL,
	room      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	minutes   BIGINT NOT NULL,
	body      BYTEA NOT NULL,
	version   BIGINT NOT NULL,
	arrived   BIGINT,
	kept      BIGINT,
	asked     BIGINT,
	cancelled BIGINT,
	made_by   TEXT NOT NULL
);
CREATE INDEX contact_appointment_colleague ON contact_appointment (colleague, at);
CREATE INDEX contact_appointment_person ON contact_appointment (person, at);
CREATE INDEX contact_appointment_location ON contact_appointment (location, at);

-- Forms that were begun, sealed: one for each colleague and person, visit or correction.
CREATE TABLE contact_draft (
	colleague TEXT NOT NULL,
	about     TEXT NOT NULL,
	person    TEXT NOT NULL,
	body      BYTEA NOT NULL,
	at        BIGINT NOT NULL,
	gone      BIGINT,
	PRIMARY KEY (colleague, about)
);
CREATE INDEX contact_draft_person ON contact_draft (person);

-- Counts kept in the transaction of what they count, so that nobody ever counts notes.
CREATE TABLE contact_count (
	desk  TEXT NOT NULL,
	day   TEXT NOT NULL,
	topic TEXT NOT NULL,
	n     BIGINT NOT NULL,
	PRIMARY KEY (desk, day, topic)
);
