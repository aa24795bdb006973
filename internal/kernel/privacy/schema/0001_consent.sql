-- What a person allowed, and when that ended. A row is never changed: giving again is a new one, ending adds a row beside
-- it. To whom, which parts and the words in which it was asked are sealed with the person's key.
CREATE TABLE privacy_consent (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	purpose  TEXT NOT NULL,
	until    TEXT NOT NULL,
	given    BIGINT NOT NULL,
	given_by TEXT NOT NULL,
	how      TEXT NOT NULL CHECK (how IN ('screen','paper','spoken')),
	lang     TEXT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX privacy_consent_subject ON privacy_consent (subject, given);

CREATE TABLE privacy_consent_end (
	consent  TEXT PRIMARY KEY REFERENCES privacy_consent (id),
	subject  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended_by TEXT NOT NULL
);
CREATE INDEX privacy_consent_end_subject ON privacy_consent_end (subject);
