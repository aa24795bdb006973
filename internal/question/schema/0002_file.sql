-- Recordings and photographs of a question, sealed. Line is empty while the person listens to it or looks at it and has not
-- sent it; ask is then the question to which it will be added, or empty for a new one. Small is a small picture of a photograph.
CREATE TABLE question_file (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	ask    TEXT NOT NULL,
	line   TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('voice','photo')),
	type   TEXT NOT NULL,
	size   BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	body   BYTEA NOT NULL,
	small  BYTEA
);
CREATE INDEX question_file_held ON question_file (person, line, ask);
CREATE INDEX question_file_ask ON question_file (ask, at);

-- Words that stand in a form while something is recorded for it; ask is empty for a new question.
CREATE TABLE question_held (
	person TEXT NOT NULL,
	ask    TEXT NOT NULL,
	at     BIGINT NOT NULL,
	body   BYTEA NOT NULL,
	PRIMARY KEY (person, ask)
);
