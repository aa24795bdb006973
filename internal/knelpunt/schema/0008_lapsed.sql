-- A report that nobody made anything of in time, or of which the signal was taken back, says so: it was not put aside after reading.
CREATE TABLE knelpunt_report_all (
	id     TEXT PRIMARY KEY,
	code   BYTEA NOT NULL UNIQUE,
	who    TEXT NOT NULL,
	theme  TEXT NOT NULL,
	weight TEXT NOT NULL,
	lang   TEXT NOT NULL,
	week   TEXT NOT NULL,
	state  TEXT NOT NULL CHECK (state IN ('new','taken','dropped','lapsed')),
	body   BYTEA,
	detail BYTEA
);
INSERT INTO knelpunt_report_all SELECT id, code, who, theme, weight, lang, week, state, body, detail FROM knelpunt_report;
DROP TABLE knelpunt_report;
ALTER TABLE knelpunt_report_all RENAME TO knelpunt_report;
CREATE INDEX knelpunt_report_state ON knelpunt_report (state, week);
