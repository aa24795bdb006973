-- A bottleneck: a question with evidence. What is asked, and everything that is said about it, is sealed.
CREATE TABLE knelpunt_bottleneck (
	id      TEXT PRIMARY KEY,
	state   TEXT NOT NULL CHECK (state IN ('new','examined','acting','settled','parked','closed','merged')),
	theme   TEXT NOT NULL,
	weight  TEXT NOT NULL,
	owner   TEXT NOT NULL,
	next    TEXT,
	opened  TEXT NOT NULL,
	closed  TEXT,
	joined  TEXT NOT NULL,
	told    BOOLEAN NOT NULL,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX knelpunt_bottleneck_state ON knelpunt_bottleneck (state, next);
CREATE INDEX knelpunt_bottleneck_owner ON knelpunt_bottleneck (owner, next);

-- Which signal belongs to which bottleneck now: to one, so that nothing is counted twice. What was before stands in the steps.
CREATE TABLE knelpunt_member (
	signal     TEXT PRIMARY KEY REFERENCES knelpunt_signal (id),
	bottleneck TEXT NOT NULL REFERENCES knelpunt_bottleneck (id)
);
CREATE INDEX knelpunt_member_bottleneck ON knelpunt_member (bottleneck);

-- What happened to a bottleneck. It is only added to.
CREATE TABLE knelpunt_step (
	id         TEXT PRIMARY KEY,
	bottleneck TEXT NOT NULL REFERENCES knelpunt_bottleneck (id),
	kind       TEXT NOT NULL,
	state      TEXT NOT NULL,
	about      TEXT NOT NULL,
	told       BOOLEAN NOT NULL,
	at         BIGINT NOT NULL,
	made_by    TEXT NOT NULL,
	body       BYTEA
);
CREATE INDEX knelpunt_step_bottleneck ON knelpunt_step (bottleneck, at);

-- Sources, and quotes that somebody agreed to. Gone is the day on which it was taken away: of a quote nothing is left then.
CREATE TABLE knelpunt_evidence (
	id         TEXT PRIMARY KEY,
	bottleneck TEXT NOT NULL REFERENCES knelpunt_bottleneck (id),
	kind       TEXT NOT NULL CHECK (kind IN ('source','quote')),
	day        TEXT NOT NULL,
	made_by    TEXT NOT NULL,
	gone       TEXT,
	body       BYTEA
);
CREATE INDEX knelpunt_evidence_bottleneck ON knelpunt_evidence (bottleneck, day);
