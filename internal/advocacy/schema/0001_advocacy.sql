-- A dossier of advocacy. What is asked and why is sealed; closed says that only those in advocacy_knower may know that it is there.
CREATE TABLE advocacy_dossier (
	id      TEXT PRIMARY KEY,
	state   TEXT NOT NULL CHECK (state IN ('prepared','running','waiting','ended')),
	mode    TEXT NOT NULL CHECK (mode IN ('visible','behind')),
	result  TEXT NOT NULL,
	owner   TEXT NOT NULL,
	closed  BOOLEAN NOT NULL,
	next    TEXT,
	opened  TEXT NOT NULL,
	ended   TEXT,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX advocacy_dossier_owner ON advocacy_dossier (owner, next);

-- Who may know of a confidential dossier.
CREATE TABLE advocacy_knower (
	dossier   TEXT NOT NULL REFERENCES advocacy_dossier (id),
	colleague TEXT NOT NULL,
	PRIMARY KEY (dossier, colleague)
);

-- Who stands beside us and who does not, what was done and said, and what was promised. Gone is when it was taken away: it can be
-- put back.
CREATE TABLE advocacy_item (
	id      TEXT PRIMARY KEY,
	dossier TEXT NOT NULL REFERENCES advocacy_dossier (id),
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	day     TEXT,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	gone    BIGINT,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX advocacy_item_dossier ON advocacy_item (dossier, kind, day);
CREATE INDEX advocacy_item_due ON advocacy_item (state, day);

-- On which bottlenecks a dossier leans: by their id, which only their own room can turn into words.
CREATE TABLE advocacy_link (
	dossier    TEXT NOT NULL REFERENCES advocacy_dossier (id),
	bottleneck TEXT NOT NULL,
	PRIMARY KEY (dossier, bottleneck)
);
CREATE INDEX advocacy_link_bottleneck ON advocacy_link (bottleneck);

-- What happened to a dossier. It is only added to.
CREATE TABLE advocacy_step (
	id      TEXT PRIMARY KEY,
	dossier TEXT NOT NULL REFERENCES advocacy_dossier (id),
	kind    TEXT NOT NULL,
	state   TEXT NOT NULL,
	about   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX advocacy_step_dossier ON advocacy_step (dossier, at);
