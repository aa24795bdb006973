-- One more reason to see a file: an alarm about somebody who may be removed. A list of allowed words cannot be changed in
-- place in both databases, so the table is written again under its own name.
ALTER TABLE access_grant RENAME TO access_grant_old;
CREATE TABLE access_grant (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	holder   TEXT NOT NULL,
	why      TEXT NOT NULL CHECK (why IN ('self','assignment','registered','deputy','escalation','presence','alarm','breakglass')),
	level    BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
	given_by TEXT NOT NULL,
	place    TEXT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	ended    BIGINT
);
INSERT INTO access_grant (id, subject, holder, why, level, given_by, place, since, until, ended)
	SELECT id, subject, holder, why, level, given_by, place, since, until, ended FROM access_grant_old;
DROP TABLE access_grant_old;
CREATE INDEX access_grant_subject ON access_grant (subject, holder);
CREATE INDEX access_grant_holder ON access_grant (holder, ended, until);
