-- Every reason to see a file is one row. It is ended, never deleted, as long as the person is here.
CREATE TABLE access_grant (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	holder   TEXT NOT NULL,
	why      TEXT NOT NULL CHECK (why IN ('self','assignment','registered','deputy','escalation','presence','breakglass')),
	level    BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
	given_by TEXT NOT NULL,
	place    TEXT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	ended    BIGINT
);
CREATE INDEX access_grant_subject ON access_grant (subject, holder);
CREATE INDEX access_grant_holder ON access_grant (holder, ended, until);
