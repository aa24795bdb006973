-- Recordings of a voice, sealed as the words are: for the person, or for the house when it was said without a name; the id tells no
-- time. Part_of is the opinion or the complaint it came with; empty while the form came back and it was not sent yet.
CREATE TABLE feedback_voice (
	id      TEXT PRIMARY KEY,
	person  TEXT NOT NULL,
	part_of TEXT NOT NULL,
	type    TEXT NOT NULL,
	day     TEXT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX feedback_voice_part ON feedback_voice (part_of, day);
CREATE INDEX feedback_voice_person ON feedback_voice (person);
