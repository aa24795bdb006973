-- A question of law before a court. Nothing here is of a person: there is no file, no name and no number.
CREATE TABLE litigation_case (
	id         TEXT PRIMARY KEY,
	state      TEXT NOT NULL CHECK (state IN ('explored','running','judged','closed','dropped')),
	instance   TEXT NOT NULL,
	owner      TEXT NOT NULL,
	bottleneck TEXT NOT NULL,
	next       TEXT,
	opened     TEXT NOT NULL,
	version    BIGINT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX litigation_case_owner ON litigation_case (owner, next);
CREATE INDEX litigation_case_bottleneck ON litigation_case (bottleneck);

-- Who takes part, dates and judgments. Gone is when it was taken away: it can be put back.
CREATE TABLE litigation_item (
	id      TEXT PRIMARY KEY,
	matter  TEXT NOT NULL REFERENCES litigation_case (id),
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	day     TEXT,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	gone    BIGINT,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX litigation_item_matter ON litigation_item (matter, kind, day);
CREATE INDEX litigation_item_due ON litigation_item (state, day);

-- What happened to a case. It is only added to.
CREATE TABLE litigation_step (
	id      TEXT PRIMARY KEY,
	matter  TEXT NOT NULL REFERENCES litigation_case (id),
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	about   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX litigation_step_matter ON litigation_step (matter, at);
