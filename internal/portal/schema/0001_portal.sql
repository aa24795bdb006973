-- PINs: an argon2id hash, sealed with the person's key, so that a stolen database cannot be tried against. No hash means
-- that none was chosen; open is until when a colleague lets the person choose.
CREATE TABLE portal_pin (
	person  TEXT PRIMARY KEY,
	hash    BYTEA,
	set_at  BIGINT,
	fails   BIGINT NOT NULL,
	blocked BIGINT,
	open    BIGINT
);

-- Failures by address, for an hour. Only a blind token of the address is kept.
CREATE TABLE portal_try (
	id      TEXT PRIMARY KEY,
	address BYTEA NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX portal_try_address ON portal_try (address, at);
CREATE INDEX portal_try_at ON portal_try (at);

-- Questions about a look, for the privacy officer; and facts that the person says are wrong, for who helps them.
CREATE TABLE portal_word (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL CHECK (kind IN ('look','fact')),
	about   TEXT NOT NULL,
	body    BYTEA,
	at      BIGINT NOT NULL,
	answer  BYTEA,
	done_at BIGINT,
	done_by TEXT NOT NULL
);
CREATE INDEX portal_word_open ON portal_word (kind, done_at, at);
CREATE INDEX portal_word_person ON portal_word (person, at);
-- One question for each look, however often the button is pressed.
CREATE UNIQUE INDEX portal_word_once ON portal_word (person, about) WHERE kind = 'look';
