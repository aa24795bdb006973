-- Forms that came after their session had ended, sealed, until whoever sent them has signed in again; gone after a day.
CREATE TABLE web_kept (
	id      TEXT PRIMARY KEY,
	session TEXT NOT NULL,
	kind    TEXT NOT NULL,
	actor   TEXT NOT NULL,
	body    BYTEA NOT NULL,
	at      BIGINT NOT NULL
);
CREATE INDEX web_kept_session ON web_kept (session);
CREATE INDEX web_kept_at ON web_kept (at);
