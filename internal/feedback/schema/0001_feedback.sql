-- What people think of a service. Without a name person is empty, the id tells no time and the words are sealed for the
-- house; with one they are sealed for the person.
CREATE TABLE feedback_note (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	team    TEXT NOT NULL REFERENCES organisation_team (id),
	feel    TEXT NOT NULL CHECK (feel IN ('good','soso','bad')),
	about   TEXT NOT NULL,
	lang    TEXT NOT NULL,
	day     TEXT NOT NULL,
	body    BYTEA,
	done    BIGINT,
	done_by TEXT NOT NULL
);
CREATE INDEX feedback_note_team ON feedback_note (team, day);
CREATE INDEX feedback_note_person ON feedback_note (person);

-- How long a complaint may take, from the regulation of the organisation. Added to and never changed.
CREATE TABLE feedback_terms (
	id      TEXT PRIMARY KEY,
	ack     BIGINT NOT NULL,
	decide  BIGINT NOT NULL,
	more    BIGINT NOT NULL,
	source  TEXT NOT NULL,
	since   BIGINT NOT NULL,
	made_by TEXT NOT NULL
);

-- Complaints. Code is a blind token of the code with which one without a name is followed. Level is how high the one stood whom
-- it is about; involved are the ids of the colleagues who had a part in it, with spaces between: none of them ever handles it.
CREATE TABLE feedback_complaint (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	code     BYTEA,
	team     TEXT NOT NULL,
	region   TEXT NOT NULL,
	against  TEXT NOT NULL,
	level    TEXT NOT NULL CHECK (level IN ('','team','lead','office','region','nation')),
	involved TEXT NOT NULL,
	subject  TEXT NOT NULL,
	lang     TEXT NOT NULL,
	day      TEXT NOT NULL,
	ack      TEXT NOT NULL,
	decide   TEXT NOT NULL,
	extended BOOLEAN NOT NULL,
	more     BIGINT NOT NULL,
	handler  TEXT NOT NULL,
	acked    TEXT,
	decided  TEXT,
	outcome  TEXT NOT NULL,
	version  BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX feedback_complaint_person ON feedback_complaint (person, day);
CREATE INDEX feedback_complaint_open ON feedback_complaint (decided, region);
CREATE UNIQUE INDEX feedback_complaint_code ON feedback_complaint (code);

-- What happened to a complaint, with the words for who complained. It is only added to.
CREATE TABLE feedback_step (
	id        TEXT PRIMARY KEY,
	complaint TEXT NOT NULL REFERENCES feedback_complaint (id),
	kind      TEXT NOT NULL,
	outcome   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	made_by   TEXT NOT NULL,
	body      BYTEA
);
CREATE INDEX feedback_step_complaint ON feedback_step (complaint, at);

-- Who offers to help.
CREATE TABLE feedback_offer (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	team    TEXT NOT NULL REFERENCES organisation_team (id),
	at      BIGINT NOT NULL,
	done    BIGINT,
	done_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX feedback_offer_team ON feedback_offer (team, done, at);
CREATE INDEX feedback_offer_person ON feedback_offer (person);
