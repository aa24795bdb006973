-- A report of a quarter. What is written and the numbers are sealed until it is released, and stay as they were released: a correction
-- is a new version. Writers are all who wrote in it, with spaces between: none of them releases it.
CREATE TABLE monitor_report (
	id          TEXT PRIMARY KEY,
	quarter     TEXT NOT NULL,
	version     BIGINT NOT NULL,
	state       TEXT NOT NULL CHECK (state IN ('draft','released')),
	writers     TEXT NOT NULL,
	changed     BIGINT NOT NULL,
	revision    BIGINT NOT NULL,
	released    BIGINT,
	released_by TEXT NOT NULL,
	body        BYTEA NOT NULL,
	UNIQUE (quarter, version)
);
