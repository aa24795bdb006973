-- What a track is derived from and what came of it, packed: so that a sweep over every track reads one row for each. A copy
-- that is made whenever the track is derived; empty in rows from before, until the first sweep fills it.
ALTER TABLE procedure_track ADD COLUMN facts BYTEA;
ALTER TABLE procedure_track ADD COLUMN outcome BYTEA;
-- Whether the track has come to its end, so that a list of open ones need not unpack what was derived.
ALTER TABLE procedure_track ADD COLUMN ends BOOLEAN NOT NULL DEFAULT FALSE;

-- What an organisation changes in the rules without a new release of the program. The text is never changed; the state
-- follows from the steps below it.
CREATE TABLE procedure_amendment (
	id      TEXT PRIMARY KEY,
	title   TEXT NOT NULL,
	body    TEXT NOT NULL,             -- in the form of the rule files
	reason  TEXT NOT NULL,
	state   TEXT NOT NULL CHECK (state IN ('proposed', 'refused', 'retracted', 'in_force', 'leaving', 'withdrawn')),
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	came    BIGINT,                    -- the number of the rulebook that it came with
	went    BIGINT                     -- and the one that is without it again
);
CREATE INDEX procedure_amendment_state ON procedure_amendment (state, at);

-- Who said what about a change, in order. A row is never changed.
CREATE TABLE procedure_amendment_step (
	id      TEXT PRIMARY KEY,
	amendment TEXT NOT NULL REFERENCES procedure_amendment (id),
	number  BIGINT NOT NULL,           -- 1, 2, 3 … for each change
	kind    TEXT NOT NULL CHECK (kind IN ('proposed', 'approved', 'refused', 'retracted', 'leave_asked', 'leave_approved', 'leave_refused')),
	note    TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	UNIQUE (amendment, number)
);

-- Every rulebook that was in force beside the one of the program: one row for each change that came or went. The highest
-- number holds; every node reads it with what it derives.
CREATE TABLE procedure_rulebook (
	number  BIGINT PRIMARY KEY,
	amendment TEXT NOT NULL REFERENCES procedure_amendment (id),
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL
);

-- A walk over all tracks: after the rules changed (kind 'derive'), or to count what a proposed change would do (kind
-- 'count'). reached is the last track it looked at, so that a walk that was stopped goes on from there.
CREATE TABLE procedure_walk (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL CHECK (kind IN ('derive', 'count')),
	amendment TEXT REFERENCES procedure_amendment (id),
	rules    TEXT NOT NULL,
	calendar TEXT NOT NULL,
	reached  TEXT NOT NULL,
	looked   BIGINT NOT NULL,
	tracks   BIGINT NOT NULL,          -- in which anything changed
	earlier  BIGINT NOT NULL,
	later    BIGINT NOT NULL,
	fresh    BIGINT NOT NULL,          -- dates that were not there before
	gone     BIGINT NOT NULL,
	other    BIGINT NOT NULL,          -- the same day for other reasons
	began    BIGINT NOT NULL,
	ended    BIGINT
);
CREATE INDEX procedure_walk_kind ON procedure_walk (kind, began);
CREATE INDEX procedure_walk_of ON procedure_walk (amendment);

-- Dates that moved without the one who minds them having done it: told on Vandaag until seen, and to the person for a
-- while. old and fresh are versions of the deadline.
CREATE TABLE procedure_move (
	id      TEXT PRIMARY KEY,
	track   TEXT NOT NULL REFERENCES procedure_track (id),
	person  TEXT NOT NULL,
	owner   TEXT NOT NULL,
	team    TEXT NOT NULL,
	old     TEXT NOT NULL,             -- empty: it is new
	fresh   TEXT NOT NULL,             -- empty: it is gone
	why     TEXT NOT NULL CHECK (why IN ('rules', 'fact')),
	at      BIGINT NOT NULL,
	seen    BIGINT,
	seen_by TEXT NOT NULL
);
CREATE INDEX procedure_move_owner ON procedure_move (owner, seen);
CREATE INDEX procedure_move_person ON procedure_move (person, at);
CREATE INDEX procedure_move_track ON procedure_move (track);
