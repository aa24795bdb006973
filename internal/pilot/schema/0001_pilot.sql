-- A pilot: something new that is tried. What is said of it is sealed; no person stands in it. Budget is in whole euros.
CREATE TABLE pilot_plan (
	id         TEXT PRIMARY KEY,
	state      TEXT NOT NULL CHECK (state IN ('drafted','running','evaluated','decided','withdrawn')),
	owner      TEXT NOT NULL,
	bottleneck TEXT NOT NULL,
	budget     BIGINT NOT NULL,
	started    TEXT,
	checked    TEXT,
	decision   TEXT NOT NULL,
	decided    TEXT,
	decided_by TEXT NOT NULL,
	version    BIGINT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX pilot_plan_owner ON pilot_plan (owner, checked);
CREATE INDEX pilot_plan_decided ON pilot_plan (decided);

-- Partners, money that was spent, measures and their values. Gone is when one was taken away: it can be put back.
CREATE TABLE pilot_item (
	id      TEXT PRIMARY KEY,
	pilot   TEXT NOT NULL REFERENCES pilot_plan (id),
	kind    TEXT NOT NULL CHECK (kind IN ('partner','spent','measure','value')),
	about   TEXT NOT NULL,
	day     TEXT,
	amount  BIGINT NOT NULL,
	late    BOOLEAN NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	gone    BIGINT,
	body    BYTEA NOT NULL
);
CREATE INDEX pilot_item_pilot ON pilot_item (pilot, kind, day);

-- What happened to a pilot. It is only added to.
CREATE TABLE pilot_step (
	id      TEXT PRIMARY KEY,
	pilot   TEXT NOT NULL REFERENCES pilot_plan (id),
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	about   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX pilot_step_pilot ON pilot_step (pilot, at);
