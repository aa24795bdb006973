-- How long a first answer may take, in working hours, and when a question climbs. Added to and never changed.
CREATE TABLE question_terms (
	id      TEXT PRIMARY KEY,
	promise BIGINT NOT NULL,
	deputy  BIGINT NOT NULL,
	lead    BIGINT NOT NULL,
	since   BIGINT NOT NULL,
	made_by TEXT NOT NULL
);

-- What somebody asked, and where it stands. Since is empty when nobody waits for an answer. Took is the working time until the
-- first answer, in minutes.
CREATE TABLE question_ask (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	team      TEXT NOT NULL REFERENCES organisation_team (id),
	owner     TEXT NOT NULL,
	lang      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	since     BIGINT,
	due       BIGINT NOT NULL,
	deputy_at BIGINT NOT NULL,
	lead_at   BIGINT NOT NULL,
	rung      BIGINT NOT NULL,
	first_at  BIGINT,
	took      BIGINT NOT NULL,
	late      BOOLEAN NOT NULL,
	told      BIGINT,
	seen      BIGINT,
	withdrawn BIGINT,
	version   BIGINT NOT NULL
);
CREATE INDEX question_ask_person ON question_ask (person, at);
CREATE INDEX question_ask_owner ON question_ask (owner, since);
CREATE INDEX question_ask_waiting ON question_ask (since, due);
CREATE INDEX question_ask_team ON question_ask (team, first_at);

-- What was said, by either side. It is only added to.
CREATE TABLE question_line (
	id      TEXT PRIMARY KEY,
	ask     TEXT NOT NULL REFERENCES question_ask (id),
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('asked','answered')),
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX question_line_ask ON question_line (ask, at);
CREATE INDEX question_line_person ON question_line (person, at);

-- Answers that were begun.
CREATE TABLE question_draft (
	ask       TEXT NOT NULL REFERENCES question_ask (id),
	colleague TEXT NOT NULL,
	person    TEXT NOT NULL,
	at        BIGINT NOT NULL,
	body      BYTEA NOT NULL,
	PRIMARY KEY (ask, colleague)
);
CREATE INDEX question_draft_colleague ON question_draft (colleague, at);

-- Who heard of a question that waits, and the grant with which they may see the file until it is answered.
CREATE TABLE question_climb (
	id       TEXT PRIMARY KEY,
	ask      TEXT NOT NULL REFERENCES question_ask (id),
	person   TEXT NOT NULL,
	rung     BIGINT NOT NULL,
	holder   TEXT NOT NULL,
	grant_id TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended    BIGINT
);
CREATE INDEX question_climb_ask ON question_climb (ask, ended);
CREATE INDEX question_climb_holder ON question_climb (holder, ended);
