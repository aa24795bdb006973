-- A person. What is known of them is sealed; team and location are where the work is done.
CREATE TABLE dossier_person (
	id         TEXT PRIMARY KEY,
	team       TEXT NOT NULL,
	location   TEXT NOT NULL,
	card       BYTEA NOT NULL,
	profile    BYTEA NOT NULL,
	version    BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	created_by TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	changed_by TEXT NOT NULL,
	batch      TEXT
);
CREATE INDEX dossier_person_batch ON dossier_person (batch);
CREATE INDEX dossier_person_team ON dossier_person (team, created_at);

-- Every earlier profile; appended, never changed.
CREATE TABLE dossier_version (
	person  TEXT NOT NULL REFERENCES dossier_person (id),
	version BIGINT NOT NULL,
	profile BYTEA NOT NULL,
	at      BIGINT NOT NULL,
	by      TEXT NOT NULL,
	PRIMARY KEY (person, version)
);

-- Blind tokens: finding by an exact number or name part, without anything readable. Each kind of value has a key of its
-- own, so that tokens of two kinds never meet.
CREATE TABLE dossier_lookup (
	token  BYTEA NOT NULL,
	person TEXT NOT NULL REFERENCES dossier_person (id),
	PRIMARY KEY (token, person)
);
CREATE INDEX dossier_lookup_person ON dossier_lookup (person);

-- Printed cards. Only a blind token of the code is kept.
CREATE TABLE dossier_card (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL REFERENCES dossier_person (id),
	token    BYTEA NOT NULL UNIQUE,
	tail     TEXT NOT NULL,
	issued   BIGINT NOT NULL,
	by       TEXT NOT NULL,
	ended    BIGINT
);
CREATE INDEX dossier_card_person ON dossier_card (person, issued);

-- Who belongs together. Nobody sees a relative's file because of it.
CREATE TABLE dossier_member (
	household TEXT NOT NULL,
	person    TEXT NOT NULL REFERENCES dossier_person (id),
	part      TEXT NOT NULL,
	PRIMARY KEY (household, person)
);
CREATE INDEX dossier_member_person ON dossier_member (person);

-- Questions whether somebody is known elsewhere: counted per colleague and day.
CREATE TABLE dossier_asked (
	id    TEXT PRIMARY KEY,
	actor TEXT NOT NULL,
	day   TEXT NOT NULL,
	at    BIGINT NOT NULL,
	hits  BIGINT NOT NULL
);
CREATE INDEX dossier_asked_actor ON dossier_asked (actor, day);
