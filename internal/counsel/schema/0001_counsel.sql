-- The address book: lawyers, and organisations abroad. Work data of professionals, plain; ended, never deleted.
CREATE TABLE counsel_party (
	id          TEXT PRIMARY KEY, -- also of the account with which a lawyer signs in
	kind        TEXT NOT NULL CHECK (kind IN ('lawyer','partner')),
	name        TEXT NOT NULL,
	office      TEXT NOT NULL,
	area        TEXT NOT NULL,
	country     TEXT NOT NULL,
	offers      TEXT NOT NULL,
	data        TEXT NOT NULL,
	phone       TEXT NOT NULL,
	email       TEXT NOT NULL,
	reachable   TEXT NOT NULL,
	languages   TEXT NOT NULL,
	verified    BIGINT,
	verified_by TEXT NOT NULL,
	changed     BIGINT NOT NULL,
	changed_by  TEXT NOT NULL,
	ended       BIGINT,
	ended_why   TEXT NOT NULL,
	version     BIGINT NOT NULL
);
CREATE INDEX counsel_party_kind ON counsel_party (kind, name);

-- What an entry was before a change.
CREATE TABLE counsel_party_was (
	party   TEXT NOT NULL REFERENCES counsel_party (id),
	version BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	by_whom TEXT NOT NULL,
	body    TEXT NOT NULL,
	PRIMARY KEY (party, version)
);

-- Who represents whom. What is written about it is sealed.
CREATE TABLE counsel_representation (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	party    TEXT NOT NULL REFERENCES counsel_party (id),
	track    TEXT NOT NULL,
	role     TEXT NOT NULL,
	source   TEXT NOT NULL,
	since    TEXT NOT NULL,
	until    TEXT,
	noted_by TEXT NOT NULL,
	at       BIGINT NOT NULL,
	ended    BIGINT,
	ended_by TEXT NOT NULL,
	body     BYTEA
);
CREATE INDEX counsel_representation_person ON counsel_representation (person, since);
CREATE INDEX counsel_representation_party ON counsel_representation (party, ended);

-- What a lawyer left for us, and what came of it.
CREATE TABLE counsel_word (
	id             TEXT PRIMARY KEY,
	person         TEXT NOT NULL,
	representation TEXT NOT NULL REFERENCES counsel_representation (id),
	party          TEXT NOT NULL,
	kind           TEXT NOT NULL CHECK (kind IN ('question','hearing')),
	day            TEXT,
	at             BIGINT NOT NULL,
	settled        BIGINT,
	settled_by     TEXT NOT NULL,
	outcome        TEXT NOT NULL,
	body           BYTEA NOT NULL,
	answer         BYTEA
);
CREATE INDEX counsel_word_person ON counsel_word (person, at);
CREATE INDEX counsel_word_open ON counsel_word (settled, person);

-- A talk about return. Whoever is not set beside it knows of none; several may be there, each with those who know of it.
CREATE TABLE counsel_talk (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	opened_by TEXT NOT NULL,
	at        BIGINT NOT NULL
);
CREATE INDEX counsel_talk_person ON counsel_talk (person);

CREATE TABLE counsel_seat (
	talk      TEXT NOT NULL REFERENCES counsel_talk (id),
	person    TEXT NOT NULL,
	colleague TEXT NOT NULL,
	given_by  TEXT NOT NULL,
	at        BIGINT NOT NULL,
	PRIMARY KEY (talk, colleague)
);
CREATE INDEX counsel_seat_person ON counsel_seat (person);

-- What the person chose, in their words. Only added to.
CREATE TABLE counsel_choice (
	id      TEXT PRIMARY KEY,
	talk    TEXT NOT NULL REFERENCES counsel_talk (id),
	person  TEXT NOT NULL,
	choice  TEXT NOT NULL CHECK (choice IN ('go_on','wait','stop')),
	day     TEXT NOT NULL,
	made_by TEXT NOT NULL,
	at      BIGINT NOT NULL,
	body    BYTEA
);
CREATE INDEX counsel_choice_talk ON counsel_choice (talk, at);
CREATE INDEX counsel_choice_person ON counsel_choice (person);

CREATE TABLE counsel_handover (
	id        TEXT PRIMARY KEY,
	talk      TEXT NOT NULL REFERENCES counsel_talk (id),
	person    TEXT NOT NULL,
	party     TEXT NOT NULL REFERENCES counsel_party (id),
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	consent   TEXT NOT NULL,
	handed    BIGINT,
	handed_by TEXT NOT NULL,
	answer    TEXT NOT NULL,
	answered  TEXT,
	ended     BIGINT,
	body      BYTEA
);
CREATE INDEX counsel_handover_talk ON counsel_handover (talk, at);
CREATE INDEX counsel_handover_person ON counsel_handover (person);

-- How it goes after the return. Only added to.
CREATE TABLE counsel_note (
	id       TEXT PRIMARY KEY,
	handover TEXT NOT NULL REFERENCES counsel_handover (id),
	person   TEXT NOT NULL,
	made_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX counsel_note_handover ON counsel_note (handover, at);
CREATE INDEX counsel_note_person ON counsel_note (person);
