-- A mediation with the institution that a bottleneck is about: what was asked, what was promised and by when, what came of it. Who was
-- talked with (an office, no person), the words and the address at which a partner keeps its side are sealed. Gone is when it was taken
-- away: it can be put back.
CREATE TABLE knelpunt_mediation (
	id          TEXT PRIMARY KEY,
	bottleneck  TEXT NOT NULL REFERENCES knelpunt_bottleneck (id),
	institution TEXT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('asked','promised','kept','broken','refused')),
	day         TEXT NOT NULL,
	due         TEXT,
	at          BIGINT NOT NULL,
	made_by     TEXT NOT NULL,
	gone        BIGINT,
	version     BIGINT NOT NULL,
	body        BYTEA NOT NULL
);
CREATE INDEX knelpunt_mediation_bottleneck ON knelpunt_mediation (bottleneck, day);
CREATE INDEX knelpunt_mediation_due ON knelpunt_mediation (state, due);
