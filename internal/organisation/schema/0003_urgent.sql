-- The line for what cannot wait: somebody may be sent away to danger, or was locked up. After is whom to call while it is shut; words is
-- what everybody reads beside it. The row is there once somebody filled it in.
CREATE TABLE organisation_urgent (
	id         TEXT PRIMARY KEY CHECK (id = 'u'),
	phone      TEXT NOT NULL,
	after      TEXT NOT NULL,
	words      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	changed    BIGINT NOT NULL,
	changed_by TEXT NOT NULL
);
CREATE TABLE organisation_urgent_hours (
	weekday BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	opens   TEXT NOT NULL,
	shuts   TEXT NOT NULL,
	PRIMARY KEY (weekday, opens)
);
