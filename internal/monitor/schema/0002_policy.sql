-- A change of policy: a day, what it was, where it stands, and which themes it may touch (with spaces between; empty is all of them).
-- It is public knowledge, so nothing is sealed. Gone is when somebody took it away.
CREATE TABLE monitor_policy (
	id      TEXT PRIMARY KEY,
	day     TEXT NOT NULL,
	title   TEXT NOT NULL,
	source  TEXT NOT NULL,
	words   TEXT NOT NULL,
	themes  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	gone    BIGINT,
	gone_by TEXT NOT NULL
);
CREATE INDEX monitor_policy_day ON monitor_policy (day);
