-- Passkeys: the lock of a telephone in place of card and PIN. The handle is how a telephone names whose key it is: random, the same for
-- all keys of one person. Data is the open half of the key and its counter, sealed.
CREATE TABLE portal_key (
	id         TEXT PRIMARY KEY,
	person     TEXT NOT NULL,
	handle     BYTEA NOT NULL,
	credential BYTEA NOT NULL,
	data       BYTEA NOT NULL,
	label      TEXT NOT NULL,
	made       BIGINT NOT NULL,
	used       BIGINT,
	ended      BIGINT
);
CREATE UNIQUE INDEX portal_key_credential ON portal_key (credential);
CREATE INDEX portal_key_person ON portal_key (person);
CREATE INDEX portal_key_handle ON portal_key (handle);

-- Questions put to a telephone, each good once and for five minutes, and only in the browser that asked.
CREATE TABLE portal_question (
	id    BYTEA PRIMARY KEY,
	data  BYTEA NOT NULL,
	until BIGINT NOT NULL
);
CREATE INDEX portal_question_until ON portal_question (until);
