-- What was agreed as the next step of a track, by hand: who does what, before which day. promised says that an authority
-- named the day itself, so that waiting can be held against it.
CREATE TABLE procedure_agreed (
	id       TEXT PRIMARY KEY,
	track    TEXT NOT NULL REFERENCES procedure_track (id),
	person   TEXT NOT NULL,
	party    TEXT NOT NULL,
	day      TEXT NOT NULL,
	promised BOOLEAN NOT NULL,
	what     BYTEA NOT NULL,           -- sealed
	made     BIGINT NOT NULL,
	made_by  TEXT NOT NULL,
	ended    BIGINT,
	ended_by TEXT NOT NULL
);
CREATE INDEX procedure_agreed_track ON procedure_agreed (track, ended, day);
CREATE INDEX procedure_agreed_person ON procedure_agreed (person);

-- For the list of tracks without a next step: those of one colleague or one team, and their deadlines.
CREATE INDEX procedure_track_owner ON procedure_track (owner);
CREATE INDEX procedure_track_team ON procedure_track (team);
