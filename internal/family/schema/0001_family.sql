-- The family of one person, as one sealed value. Watch is the first day of the month from which something in it is worth a
-- look: the one thing outside the seal, and no birthday can be read from it.
CREATE TABLE family_tree (
	person  TEXT PRIMARY KEY,
	version BIGINT NOT NULL,
	changed BIGINT NOT NULL,
	watch   TEXT,
	body    BYTEA
);
CREATE INDEX family_tree_watch ON family_tree (watch);

-- What was told and changed; only added to.
CREATE TABLE family_event (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	about   TEXT NOT NULL,
	kind    TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	body    BYTEA
);
CREATE INDEX family_event_person ON family_event (person, at);

-- Which relative has which file here. It opens nothing, and is shown only to who may see that file.
CREATE TABLE family_link (
	person  TEXT NOT NULL,
	member  TEXT NOT NULL,
	other   TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (person, member, other)
);
CREATE INDEX family_link_other ON family_link (other);

-- Which adult sees something for which child. The grant ends by itself when the child may be eighteen.
CREATE TABLE family_sight (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	adult    TEXT NOT NULL,
	grant_id TEXT NOT NULL,
	made_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	until    BIGINT NOT NULL,
	ended    BIGINT
);
CREATE INDEX family_sight_person ON family_sight (person, at);
CREATE INDEX family_sight_adult ON family_sight (adult);

-- That two parted, in the file of the one who said so. What was cut is in the sealed body, so that a lead can undo it.
CREATE TABLE family_split (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	member   TEXT NOT NULL,
	made_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended    BIGINT,
	ended_by TEXT NOT NULL,
	body     BYTEA
);
CREATE INDEX family_split_person ON family_split (person, at);

-- Of whom it no longer stands, in another's file, where they are. It names no reason, and stays when that one is erased.
CREATE TABLE family_veil (
	person TEXT NOT NULL,
	member TEXT NOT NULL,
	split  TEXT NOT NULL,
	at     BIGINT NOT NULL,
	ended  BIGINT,
	PRIMARY KEY (person, member, split)
);
CREATE INDEX family_veil_split ON family_veil (split);
