-- An adult who sees something for a child is a reason of its own. A check cannot be widened in both databases alike, so the
-- table is made again with everything in it.
ALTER TABLE access_grant RENAME TO access_before;
CREATE TABLE access_grant (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	holder   TEXT NOT NULL,
	why      TEXT NOT NULL CHECK (why IN ('self','assignment','registered','deputy','escalation','presence','breakglass','guardian')),
	level    BIGINT NOT NULL CHECK (level BETWEEN 1 AND 3),
	given_by TEXT NOT NULL,
	place    TEXT NOT NULL,
	since    BIGINT NOT NULL,
	until    BIGINT,
	ended    BIGINT
);
INSERT INTO access_grant (id, subject, holder, why, level, given_by, place, since, until, ended)
	SELECT id, subject, holder, why, level, given_by, place, since, until, ended FROM access_before;
DROP TABLE access_before;
CREATE INDEX access_grant_subject ON access_grant (subject, holder);
CREATE INDEX access_grant_holder ON access_grant (holder, ended, until);
