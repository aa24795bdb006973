-- What a structured form said beside the words, sealed; empty for a signal without one.
ALTER TABLE knelpunt_signal ADD COLUMN detail BYTEA;

-- Photographs: of a draft while it is in the team, of a signal after it was let go, under another id. Written anew, small, without
-- anything of the camera; sealed.
CREATE TABLE knelpunt_photo (
	id     TEXT PRIMARY KEY,
	draft  TEXT,
	signal TEXT,
	body   BYTEA NOT NULL
);
CREATE INDEX knelpunt_photo_draft ON knelpunt_photo (draft);
CREATE INDEX knelpunt_photo_signal ON knelpunt_photo (signal);
