-- A week that is over, counted once and never changed. Cells holds one line for each count that is not nought: theme, institution,
-- place, phase, group and the number. Guided is how many people were guided, NULL when nobody knows; heard how many colleagues signalled.
CREATE TABLE monitor_week (
	week    TEXT PRIMARY KEY,
	guided  BIGINT,
	heard   BIGINT NOT NULL,
	signals BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	cells   TEXT NOT NULL
);

-- How far the judging of a week is: so many of so many pieces of work. Series is how many series had enough to be judged.
CREATE TABLE monitor_run (
	week   TEXT PRIMARY KEY REFERENCES monitor_week (week),
	done   BIGINT NOT NULL,
	steps  BIGINT NOT NULL,
	series BIGINT NOT NULL,
	scans  BIGINT NOT NULL,
	at     BIGINT NOT NULL,
	ended  BIGINT
);

-- A warning: one theme (empty: all themes) in one week and those that follow. Judged is when somebody said what it is.
CREATE TABLE monitor_warning (
	id         TEXT PRIMARY KEY,
	theme      TEXT NOT NULL,
	week       TEXT NOT NULL,
	latest     TEXT NOT NULL,
	at         BIGINT NOT NULL,
	verdict    TEXT NOT NULL CHECK (verdict IN ('','real','known','noise')),
	judged     BIGINT,
	judged_by  TEXT NOT NULL,
	bottleneck TEXT NOT NULL,
	version    BIGINT NOT NULL,
	UNIQUE (theme, week)
);
CREATE INDEX monitor_warning_verdict ON monitor_warning (verdict, week);

-- What a method found, with its parameters. Expected and upper are hundredths, p millionths.
CREATE TABLE monitor_finding (
	warning  TEXT NOT NULL REFERENCES monitor_warning (id),
	week     TEXT NOT NULL,
	method   TEXT NOT NULL CHECK (method IN ('farrington','scan')),
	dim      TEXT NOT NULL,
	value    TEXT NOT NULL,
	span     BIGINT NOT NULL,
	n        BIGINT NOT NULL,
	expected BIGINT NOT NULL,
	upper    BIGINT NOT NULL,
	p        BIGINT NOT NULL,
	params   TEXT NOT NULL,
	PRIMARY KEY (warning, week, method, dim, value)
);

-- What was said of a warning, and taken back. It is only added to; the reason is sealed.
CREATE TABLE monitor_word (
	id      TEXT PRIMARY KEY,
	warning TEXT NOT NULL REFERENCES monitor_warning (id),
	kind    TEXT NOT NULL CHECK (kind IN ('real','known','noise','undone','joined','parted')),
	about   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX monitor_word_warning ON monitor_word (warning, at);
