-- Parts of pages read aloud, by language. Added and never changed, but for the two decisions; of a recording that is closed
-- the body is emptied, for a voice is of whoever spoke. Mark is that of the words that were read;
-- speaker is who can be heard, and agreed that everybody can.
CREATE TABLE translation_clip (
	id        TEXT PRIMARY KEY,
	part      TEXT NOT NULL,
	tag       TEXT NOT NULL,
	mark      TEXT NOT NULL,
	kind      TEXT NOT NULL,
	size      BIGINT NOT NULL,
	body      BYTEA NOT NULL,
	speaker   TEXT NOT NULL,
	spoken    TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	passed    BIGINT,
	passed_by TEXT NOT NULL,
	closed    BIGINT,
	closed_by TEXT NOT NULL,
	close     TEXT NOT NULL
);
CREATE INDEX translation_clip_tag ON translation_clip (tag, part, at);
