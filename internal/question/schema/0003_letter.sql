-- Letters that a person wants explained, and what each is. The explanation itself is an answer, with its translation. Act is the
-- day by which the letter asks for something.
ALTER TABLE question_ask ADD COLUMN letter BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE question_letter (
	ask     TEXT PRIMARY KEY REFERENCES question_ask (id),
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL,
	day     TEXT,
	act     TEXT,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX question_letter_person ON question_letter (person, at);
