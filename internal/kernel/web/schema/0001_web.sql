-- Sessions: only the hash of a token is kept, so a stolen database signs nobody in.
CREATE TABLE web_session (
	id    TEXT PRIMARY KEY,
	token BYTEA NOT NULL UNIQUE,
	kind  TEXT NOT NULL CHECK (kind IN ('staff','client')),
	actor TEXT NOT NULL,
	stage TEXT NOT NULL,
	label TEXT NOT NULL,
	begun BIGINT NOT NULL,
	seen  BIGINT NOT NULL,
	ended BIGINT
);
CREATE INDEX web_session_actor ON web_session (kind, actor, begun);

-- Idempotency keys of forms, kept for thirty days.
CREATE TABLE web_once (
	key   TEXT NOT NULL,
	who   TEXT NOT NULL,
	route TEXT NOT NULL,
	dest  TEXT NOT NULL,
	at    BIGINT NOT NULL,
	PRIMARY KEY (key, who, route)
);
CREATE INDEX web_once_at ON web_once (at);

-- Background work: who runs it until when, so that two nodes never do the same at once.
CREATE TABLE web_job (
	name  TEXT PRIMARY KEY,
	next  BIGINT NOT NULL,
	note  TEXT NOT NULL
);
