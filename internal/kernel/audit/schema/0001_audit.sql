-- The access log: appended, never changed. Each entry carries the hash of the one before it.
CREATE TABLE audit_entry (
	seq        BIGINT PRIMARY KEY,
	at         BIGINT NOT NULL,
	event      TEXT NOT NULL,
	subject    TEXT NOT NULL,
	actor      TEXT NOT NULL,
	actor_kind TEXT NOT NULL,
	on_behalf  TEXT NOT NULL,
	role       TEXT NOT NULL,
	place      TEXT NOT NULL,
	why        TEXT NOT NULL,
	access_id  TEXT NOT NULL,
	object     TEXT NOT NULL,
	session    TEXT NOT NULL,
	prev       BYTEA,
	hash       BYTEA NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);

-- The end of the chain, so that a tail that is cut off is missed.
CREATE TABLE audit_head (
	id   BIGINT PRIMARY KEY CHECK (id = 1),
	seq  BIGINT NOT NULL,
	hash BYTEA
);
INSERT INTO audit_head (id, seq) VALUES (1, 0);
