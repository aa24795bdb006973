-- Which reasons there are stands in the code, where each has its words: a list here would have to be written again with every
-- new one, because neither database changes such a list in place.
ALTER TABLE access_grant RENAME TO access_grant_old;
CREATE TABLE access_grant (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	holder   TEXT NOT NULL,
	why      TEXT NOT NULL CHECK (why <> ''),
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
