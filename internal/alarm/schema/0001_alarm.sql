-- An alarm about one person. What is said of the danger, also when, is sealed with the person's key.
CREATE TABLE alarm_alarm (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	parent   TEXT,
	team     TEXT NOT NULL,
	location TEXT NOT NULL,
	body     BYTEA NOT NULL,
	tell     BOOLEAN NOT NULL,
	at       BIGINT NOT NULL,
	made_by  TEXT NOT NULL,
	renew_by BIGINT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('running','ended')),
	ended_at BIGINT,
	ended_by TEXT NOT NULL,
	outcome  TEXT NOT NULL,
	version  BIGINT NOT NULL
);
CREATE INDEX alarm_alarm_person ON alarm_alarm (person, at);
CREATE INDEX alarm_alarm_state ON alarm_alarm (state, ended_at);
-- Two people who press at once raise one alarm.
CREATE UNIQUE INDEX alarm_alarm_one ON alarm_alarm (person) WHERE state = 'running';

-- Who is on it, and the grant that it gave them; none for who sees the file anyway.
CREATE TABLE alarm_taken (
	id        TEXT PRIMARY KEY,
	alarm     TEXT NOT NULL REFERENCES alarm_alarm (id),
	person    TEXT NOT NULL,
	colleague TEXT NOT NULL,
	grant_id  TEXT NOT NULL,
	at        BIGINT NOT NULL,
	ended     BIGINT
);
CREATE INDEX alarm_taken_alarm ON alarm_taken (alarm, ended);
CREATE INDEX alarm_taken_person ON alarm_taken (person);
CREATE UNIQUE INDEX alarm_taken_one ON alarm_taken (alarm, colleague) WHERE ended IS NULL;

-- An alarm about a group. Its criteria, and who belongs to it, are sealed with a key of the house; the members are one value,
-- so that no row tells who belongs together.
CREATE TABLE alarm_group (
	id       TEXT PRIMARY KEY,
	body     BYTEA NOT NULL,
	teams    TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('running','ended')),
	at       BIGINT NOT NULL,
	made_by  TEXT NOT NULL,
	members  BYTEA,
	people   BIGINT NOT NULL,
	reached  TEXT NOT NULL,
	found    BYTEA,
	looked   BIGINT NOT NULL,
	of       BIGINT NOT NULL,
	look_at  BIGINT,
	ended_at BIGINT,
	ended_by TEXT NOT NULL,
	outcome  TEXT NOT NULL,
	version  BIGINT NOT NULL
);
CREATE INDEX alarm_group_state ON alarm_group (state, ended_at);

-- What was done and what happened, of a person or of a group, in order; appended, never changed.
CREATE TABLE alarm_step (
	id      TEXT PRIMARY KEY,
	about   TEXT NOT NULL,
	person  TEXT,
	kind    TEXT NOT NULL,
	result  TEXT NOT NULL,
	body    BYTEA,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL
);
CREATE INDEX alarm_step_about ON alarm_step (about, at);
CREATE INDEX alarm_step_person ON alarm_step (person);

-- A list of names that somebody asked for, with its purpose, sealed with a key of the house.
CREATE TABLE alarm_opening (
	id        TEXT PRIMARY KEY,
	about     TEXT NOT NULL REFERENCES alarm_group (id),
	colleague TEXT NOT NULL,
	purpose   BYTEA NOT NULL,
	at        BIGINT NOT NULL,
	until     BIGINT NOT NULL
);
CREATE INDEX alarm_opening_about ON alarm_opening (about, colleague, until);

-- Every count of a group: who asked, by what, and what was told.
CREATE TABLE alarm_count (
	id        TEXT PRIMARY KEY,
	colleague TEXT NOT NULL,
	body      BYTEA NOT NULL,
	told      BIGINT NOT NULL,
	at        BIGINT NOT NULL
);
CREATE INDEX alarm_count_colleague ON alarm_count (colleague, at);
