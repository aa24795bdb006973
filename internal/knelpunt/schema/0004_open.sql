-- What came through the public form, until a colleague read it. No address, no hour, no name of who sent it: code is a blind token
-- of the code with which they can ask what was done. The words are sealed as they came, for a person has to read and often translate them.
CREATE TABLE knelpunt_report (
	id     TEXT PRIMARY KEY,
	code   BYTEA NOT NULL UNIQUE,
	who    TEXT NOT NULL,
	theme  TEXT NOT NULL,
	weight TEXT NOT NULL,
	lang   TEXT NOT NULL,
	week   TEXT NOT NULL,
	state  TEXT NOT NULL CHECK (state IN ('new','taken','dropped')),
	body   BYTEA
);
CREATE INDEX knelpunt_report_state ON knelpunt_report (state, week);

-- Riddles that were answered: each lets one report through.
CREATE TABLE knelpunt_spent (
	riddle TEXT PRIMARY KEY,
	day    TEXT NOT NULL
);

-- How many forms were held back on a day, and why. It knows nobody.
CREATE TABLE knelpunt_held (
	day TEXT NOT NULL,
	why TEXT NOT NULL,
	n   BIGINT NOT NULL,
	PRIMARY KEY (day, why)
);
