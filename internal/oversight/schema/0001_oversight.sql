-- A file that was opened in an emergency. The reason is sealed with the person's key.
CREATE TABLE oversight_glass (
	id        TEXT PRIMARY KEY,
	person    TEXT NOT NULL,
	actor     TEXT NOT NULL,
	team      TEXT NOT NULL,
	access_id TEXT NOT NULL,
	way       TEXT NOT NULL CHECK (way IN ('vnumber','card','name')),
	reason    BYTEA NOT NULL,
	at        BIGINT NOT NULL,
	until     BIGINT NOT NULL,
	ended     BIGINT,
	owner     TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('open','asked','right','wrong')),
	judged_at BIGINT,
	judged_by TEXT NOT NULL
);
CREATE INDEX oversight_glass_person ON oversight_glass (person, at);
CREATE INDEX oversight_glass_actor ON oversight_glass (actor, at);
CREATE INDEX oversight_glass_state ON oversight_glass (state, at);
CREATE INDEX oversight_glass_access ON oversight_glass (access_id);

-- What was said about it, in order; appended, never changed. Notes are sealed with the person's key.
CREATE TABLE oversight_step (
	id     TEXT PRIMARY KEY,
	glass  TEXT NOT NULL REFERENCES oversight_glass (id),
	person TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('right','wrong','asked','answer','taken')),
	note   BYTEA,
	at     BIGINT NOT NULL,
	made_by TEXT NOT NULL
);
CREATE INDEX oversight_step_glass ON oversight_step (glass, at);
CREATE INDEX oversight_step_person ON oversight_step (person);

-- A search of a leader that did not end at one person. What was typed is not kept.
CREATE TABLE oversight_miss (
	id    TEXT PRIMARY KEY,
	actor TEXT NOT NULL,
	way   TEXT NOT NULL CHECK (way IN ('vnumber','card','name')),
	at    BIGINT NOT NULL
);
CREATE INDEX oversight_miss_actor ON oversight_miss (actor, at);
CREATE INDEX oversight_miss_at ON oversight_miss (at);

-- Each time the log was walked from its first entry: how far it came, and the hash it ended with.
CREATE TABLE oversight_check (
	id      TEXT PRIMARY KEY,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	seq     BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	whole   BOOLEAN NOT NULL,
	broken  TEXT NOT NULL
);
CREATE INDEX oversight_check_at ON oversight_check (at);
