-- A wish that somebody be asked for consent in one matter, such as a case before a court. Whoever wishes it does not know who it is.
-- Done is when somebody was asked or left alone; what they answered does not stand here. What they would be asked is sealed with
-- their key.
CREATE TABLE consent_wish (
	id     TEXT PRIMARY KEY,
	person TEXT NOT NULL,
	matter TEXT NOT NULL,
	at     BIGINT NOT NULL,
	done   BIGINT,
	body   BYTEA NOT NULL,
	UNIQUE (person, matter)
);
CREATE INDEX consent_wish_matter ON consent_wish (matter, person);
