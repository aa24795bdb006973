-- A file that somebody offers to somebody else. Until it is accepted the giver minds everything in it. Taker is who reads the
-- list: the colleague to whom it was offered, or who took it up for a team or a region; empty while nobody did.
CREATE TABLE handover_offer (
	id           TEXT PRIMARY KEY,
	person       TEXT NOT NULL,
	giver        TEXT NOT NULL,
	to_kind      TEXT NOT NULL CHECK (to_kind IN ('colleague','team','region')),
	to_id        TEXT NOT NULL,
	taker        TEXT NOT NULL,
	team         TEXT NOT NULL,           -- of the file when it was offered: its lead hears of what waits
	location     TEXT NOT NULL,
	note         BYTEA,                   -- sealed
	before       TEXT,                    -- the day before which it is wanted
	made         BIGINT NOT NULL,
	made_by      TEXT NOT NULL,
	state        TEXT NOT NULL CHECK (state IN ('open','accepted','refused','withdrawn','lapsed','undone')),
	ended        BIGINT,
	ended_by     TEXT NOT NULL,
	had          BOOLEAN NOT NULL,        -- who took it over had the file already
	seen         BIGINT                   -- the giver has seen that it came back
);
CREATE UNIQUE INDEX handover_offer_open ON handover_offer (person, giver) WHERE state = 'open';
CREATE INDEX handover_offer_person ON handover_offer (person, made);
CREATE INDEX handover_offer_giver ON handover_offer (giver, state);
CREATE INDEX handover_offer_taker ON handover_offer (taker, state);
CREATE INDEX handover_offer_to ON handover_offer (to_kind, to_id, state);
CREATE INDEX handover_offer_team ON handover_offer (team, state, made);

-- What was said of each piece of work on the list.
CREATE TABLE handover_answer (
	offer  TEXT NOT NULL REFERENCES handover_offer (id),
	person TEXT NOT NULL,
	work   TEXT NOT NULL,
	task   TEXT NOT NULL,
	kind   TEXT NOT NULL,
	due    TEXT,
	yes    BOOLEAN NOT NULL,
	reason BYTEA,                         -- sealed
	PRIMARY KEY (offer, work, task)
);
CREATE INDEX handover_answer_person ON handover_answer (person);

-- A colleague who leaves. Total is how many files and loose pieces of work there were when the last day was set.
CREATE TABLE handover_leaving (
	id        TEXT PRIMARY KEY,
	colleague TEXT NOT NULL,
	team      TEXT NOT NULL,
	last_day  TEXT NOT NULL,
	total     BIGINT NOT NULL,
	made      BIGINT NOT NULL,
	made_by   TEXT NOT NULL,
	cancelled BIGINT,
	done      BIGINT
);
CREATE INDEX handover_leaving_colleague ON handover_leaving (colleague, made);
CREATE INDEX handover_leaving_team ON handover_leaving (team, done);
CREATE UNIQUE INDEX handover_leaving_one ON handover_leaving (colleague) WHERE cancelled IS NULL AND done IS NULL;

-- A file that nobody had taken over on the last day, and to whom it fell.
CREATE TABLE handover_fallen (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	leaving   TEXT NOT NULL,           -- of handover_leaving, which is kept for a shorter time
	colleague TEXT NOT NULL,
	heir      TEXT NOT NULL,
	at        BIGINT NOT NULL,
	settled   BIGINT
);
CREATE INDEX handover_fallen_person ON handover_fallen (person);
CREATE INDEX handover_fallen_heir ON handover_fallen (heir, settled);
