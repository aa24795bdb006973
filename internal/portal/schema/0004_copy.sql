-- Reading copies on telephones. What is in one is not kept here, only that there is one, until when, and whether it was ended: the
-- telephone asks that when it has a network. The token is that of its cookie.
CREATE TABLE portal_copy (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	token  BYTEA NOT NULL,
	label  TEXT NOT NULL,
	made   BIGINT NOT NULL,
	until  BIGINT NOT NULL,
	ended  BIGINT
);
CREATE UNIQUE INDEX portal_copy_token ON portal_copy (token);
CREATE INDEX portal_copy_person ON portal_copy (person, until);
