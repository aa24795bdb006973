-- A third sort of visitor has sessions: somebody outside. The table is made anew, because its rule cannot be widened.
CREATE TABLE web_session_all (
	id    TEXT PRIMARY KEY,
	token BYTEA NOT NULL UNIQUE,
	kind  TEXT NOT NULL CHECK (kind IN ('staff','client','outside')),
	actor TEXT NOT NULL,
	stage TEXT NOT NULL,
	label TEXT NOT NULL,
	begun BIGINT NOT NULL,
	seen  BIGINT NOT NULL,
	ended BIGINT
);
INSERT INTO web_session_all SELECT id, token, kind, actor, stage, label, begun, seen, ended FROM web_session;
DROP TABLE web_session;
ALTER TABLE web_session_all RENAME TO web_session;
CREATE INDEX web_session_owner ON web_session (kind, actor, begun);
