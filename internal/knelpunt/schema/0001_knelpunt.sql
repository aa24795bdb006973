-- What somebody signalled and the team has not let go yet. No person, no name of who wrote it, no day: raiser and one are blind
-- tokens, week is the Monday of its week, receipt is a blind token of what the file alone knows. Everything said is sealed.
CREATE TABLE knelpunt_draft (
	id      TEXT PRIMARY KEY,
	team    TEXT NOT NULL REFERENCES organisation_team (id),
	raiser  BYTEA NOT NULL,
	one     BYTEA,
	receipt BYTEA,
	state   TEXT NOT NULL CHECK (state IN ('waiting','back')),
	week    TEXT NOT NULL,
	version BIGINT NOT NULL,
	body    BYTEA NOT NULL
);
CREATE INDEX knelpunt_draft_team ON knelpunt_draft (team, state);
CREATE INDEX knelpunt_draft_raiser ON knelpunt_draft (raiser);

-- A signal that was let go, under a new id and in the week in which that happened. It is never changed.
CREATE TABLE knelpunt_signal (
	id          TEXT PRIMARY KEY,
	raiser      BYTEA,
	one         BYTEA,
	receipt     BYTEA,
	theme       TEXT NOT NULL,
	institution TEXT NOT NULL,
	place       TEXT NOT NULL,
	phase       TEXT NOT NULL,
	nation      TEXT NOT NULL,
	month       TEXT NOT NULL,
	weight      TEXT NOT NULL,
	seen        TEXT NOT NULL,
	source      TEXT NOT NULL,
	week        TEXT NOT NULL,
	body        BYTEA NOT NULL
);
CREATE INDEX knelpunt_signal_week ON knelpunt_signal (week, id);
CREATE INDEX knelpunt_signal_theme ON knelpunt_signal (theme, week);
CREATE INDEX knelpunt_signal_raiser ON knelpunt_signal (raiser);
CREATE UNIQUE INDEX knelpunt_signal_receipt ON knelpunt_signal (receipt);

-- The secrets with which pseudonyms are made. The secret is sealed with a key of its own in the key store: once that is
-- destroyed, no pseudonym made with it can be made again from anybody.
CREATE TABLE knelpunt_secret (
	id   TEXT PRIMARY KEY,
	day  TEXT NOT NULL,
	gone TEXT,
	body BYTEA NOT NULL
);
