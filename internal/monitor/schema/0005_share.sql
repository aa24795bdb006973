-- What was shared with somebody outside: a report that was released, or its figures, with whom, when, and what they answered. With whom,
-- what for and the answer are sealed. Gone is when it was taken away: it can be put back.
CREATE TABLE monitor_share (
	id       TEXT PRIMARY KEY,
	report   TEXT NOT NULL REFERENCES monitor_report (id),
	what     TEXT NOT NULL CHECK (what IN ('report','figures')),
	network  TEXT NOT NULL CHECK (network IN ('elena','aida','ecre','unhcr','fra','university','partner','other')),
	day      TEXT NOT NULL,
	answered TEXT,
	at       BIGINT NOT NULL,
	made_by  TEXT NOT NULL,
	gone     BIGINT,
	version  BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX monitor_share_report ON monitor_share (report, day);
