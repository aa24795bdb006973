-- Where somebody lived. What kind of place, where and why is sealed; month is that of a move, for counting.
CREATE TABLE residence_stay (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	location   TEXT NOT NULL,
	month      TEXT NOT NULL,
	own        BOOLEAN NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	seen       BIGINT,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX residence_stay_person ON residence_stay (person, at);
CREATE INDEX residence_stay_location ON residence_stay (location, month);
CREATE INDEX residence_stay_unseen ON residence_stay (own, seen, at);

-- How it is to live there. Signal marks what advocacy will read.
CREATE TABLE residence_condition (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	stay       TEXT NOT NULL,
	signal     BOOLEAN NOT NULL,
	made_by    TEXT NOT NULL,
	at         BIGINT NOT NULL,
	removed    BIGINT,
	removed_by TEXT NOT NULL,
	body       BYTEA NOT NULL
);
CREATE INDEX residence_condition_person ON residence_condition (person, at);

-- The address, sealed under a key of its own, and whether it is guarded, sealed under the person's. There is no history:
-- yesterday's address of somebody who hides is as dangerous as today's.
CREATE TABLE residence_vault (
	person     TEXT PRIMARY KEY,
	body       BYTEA,
	guard      BYTEA,
	own        BOOLEAN NOT NULL,
	changed    BIGINT NOT NULL,
	changed_by TEXT NOT NULL,
	version    BIGINT NOT NULL
);

-- Every asking for an address. The reason is sealed under the person's key.
CREATE TABLE residence_request (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	team       TEXT NOT NULL,
	what       TEXT NOT NULL CHECK (what IN ('reveal','unguard')),
	asked_by   TEXT NOT NULL,
	asked      BIGINT NOT NULL,
	decided    BIGINT,
	decided_by TEXT NOT NULL,
	granted    BOOLEAN NOT NULL,
	shown      BIGINT,
	body       BYTEA NOT NULL
);
CREATE INDEX residence_request_person ON residence_request (person, asked);
CREATE INDEX residence_request_team ON residence_request (team, asked);
CREATE INDEX residence_request_asker ON residence_request (asked_by, asked);
