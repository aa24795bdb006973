-- When something of a kind was last new for a person, so that their first page can say what came since they last looked. What it
-- was stands where it was written, not here.
CREATE TABLE portal_fresh (
	person TEXT NOT NULL,
	kind   TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (person, kind)
);
