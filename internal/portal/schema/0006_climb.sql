-- Who was let into a file because a word of the person waits in it, and until when that lasts.
CREATE TABLE portal_climb (
	word     TEXT NOT NULL,
	person   TEXT NOT NULL,
	holder   TEXT NOT NULL,
	grant_id TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended    BIGINT,
	PRIMARY KEY (word, holder)
);
CREATE INDEX portal_climb_person ON portal_climb (person);
