-- What was given to somebody else, with a sealed copy of exactly that.
CREATE TABLE consent_handed (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	consent TEXT NOT NULL REFERENCES privacy_consent (id),
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX consent_handed_person ON consent_handed (person, at);
