-- The telephone with whose messages somebody lets themselves in, when they chose that. The token is the blind token of the number.
CREATE TABLE portal_phone (
	person TEXT PRIMARY KEY,
	token  BYTEA NOT NULL,
	body   BYTEA NOT NULL,
	since  BIGINT NOT NULL
);
CREATE UNIQUE INDEX portal_phone_token ON portal_phone (token);

-- Codes that were asked for, for a day. A number that is nobody's gets a row like the others, without a person.
CREATE TABLE portal_code (
	id     TEXT PRIMARY KEY,
	kind   TEXT NOT NULL CHECK (kind IN ('enter','prove')),
	token  BYTEA NOT NULL,
	person TEXT NOT NULL,
	hash   BYTEA NOT NULL,
	body   BYTEA,
	knock  TEXT NOT NULL,              -- the try that asking counted as, which a success takes back
	tries  BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	until  BIGINT NOT NULL
);
CREATE INDEX portal_code_token ON portal_code (token, at);
CREATE INDEX portal_code_person ON portal_code (person);
CREATE INDEX portal_code_at ON portal_code (at);
