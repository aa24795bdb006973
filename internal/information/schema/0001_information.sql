-- Texts that answer one question. Public is the version on the site, zero when none is.
CREATE TABLE information_article (
	id      TEXT PRIMARY KEY,
	theme   TEXT NOT NULL,
	slug    TEXT NOT NULL,
	team    TEXT NOT NULL REFERENCES organisation_team (id),
	public  BIGINT NOT NULL,
	version BIGINT NOT NULL,
	closed  BOOLEAN NOT NULL,
	UNIQUE (theme, slug)
);

-- Every version, with its words by language and its source as JSON. Added and never changed; only that a second colleague
-- agreed is written beside it, once.
CREATE TABLE information_version (
	article   TEXT NOT NULL REFERENCES information_article (id),
	version   BIGINT NOT NULL,
	body      BYTEA NOT NULL,
	at        BIGINT NOT NULL,
	made_by   TEXT NOT NULL,
	passed    BIGINT,
	passed_by TEXT NOT NULL,
	PRIMARY KEY (article, version)
);

-- The text read aloud by a person, with the mark of the words that were read.
CREATE TABLE information_sound (
	article TEXT NOT NULL REFERENCES information_article (id),
	tag     TEXT NOT NULL,
	mark    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	body    BYTEA NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	PRIMARY KEY (article, tag)
);

-- What somebody misses: of nobody, of a day, the words sealed for the house.
CREATE TABLE information_miss (
	id      TEXT PRIMARY KEY,
	article TEXT NOT NULL REFERENCES information_article (id),
	lang    TEXT NOT NULL,
	day     TEXT NOT NULL,
	body    BYTEA NOT NULL,
	done    BIGINT,
	done_by TEXT NOT NULL
);
CREATE INDEX information_miss_article ON information_miss (article, day);
