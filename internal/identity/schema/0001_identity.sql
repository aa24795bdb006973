-- Two records that may be of one person. Nothing of what they say stands here: the grounds are found anew when somebody who
-- may see them looks. A row that somebody decided on stays, so that it is never proposed again.
CREATE TABLE identity_pair (
	id       TEXT PRIMARY KEY,
	person_a TEXT NOT NULL REFERENCES dossier_person (id),
	person_b TEXT NOT NULL REFERENCES dossier_person (id),
	class    TEXT NOT NULL,
	bits     BIGINT NOT NULL,
	state    TEXT NOT NULL,
	again    TEXT,
	main     TEXT,
	yes_a    TEXT,
	yes_b    TEXT,
	found    BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	UNIQUE (person_a, person_b)
);
CREATE INDEX identity_pair_b ON identity_pair (person_b);
CREATE INDEX identity_pair_state ON identity_pair (state, bits);

-- What people decided about a pair, one row for each time; appended, never changed. The words are sealed with the key of
-- the first person.
CREATE TABLE identity_step (
	id    TEXT PRIMARY KEY,
	pair  TEXT NOT NULL REFERENCES identity_pair (id),
	at    BIGINT NOT NULL,
	actor TEXT NOT NULL,
	what  TEXT NOT NULL,
	words BYTEA
);
CREATE INDEX identity_step_pair ON identity_step (pair, at);

-- Links between records. One that ended keeps its row; linking again makes a new one.
CREATE TABLE identity_link (
	id    TEXT PRIMARY KEY,
	pair  TEXT NOT NULL REFERENCES identity_pair (id),
	main  TEXT NOT NULL,
	since BIGINT NOT NULL,
	ended BIGINT
);
CREATE INDEX identity_link_pair ON identity_link (pair);

-- How far the walk over the people who changed has come. One row.
CREATE TABLE identity_walk (
	id     TEXT PRIMARY KEY,
	at     BIGINT NOT NULL,
	person TEXT NOT NULL
);

-- Requests to be let into a file, to those responsible for it. The reasons are sealed with the key of that person.
CREATE TABLE identity_request (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL REFERENCES dossier_person (id),
	pair     TEXT,
	asker    TEXT NOT NULL,
	reader   TEXT NOT NULL,
	at       BIGINT NOT NULL,
	reason   BYTEA NOT NULL,
	state    TEXT NOT NULL,
	answered BIGINT,
	answerer TEXT,
	reply    BYTEA,
	access   TEXT,
	until    BIGINT
);
CREATE INDEX identity_request_person ON identity_request (person, state);
CREATE INDEX identity_request_asker ON identity_request (asker, at);

-- What was found when somebody looked at the questions of a colleague on one day.
CREATE TABLE identity_review (
	actor   TEXT NOT NULL,
	day     TEXT NOT NULL,
	at      BIGINT NOT NULL,
	by      TEXT NOT NULL,
	verdict TEXT NOT NULL,
	words   BYTEA,
	PRIMARY KEY (actor, day)
);
CREATE INDEX identity_review_at ON identity_review (at);
