-- What can be told: a list that the organisation keeps itself. A subject that is closed is not planned any more.
CREATE TABLE briefing_topic (
	id      TEXT PRIMARY KEY,
	place   BIGINT NOT NULL,
	closed  BOOLEAN NOT NULL,
	version BIGINT NOT NULL
);

-- Every version of a subject in simple words, as JSON by language. Added and never changed: what was told stays readable.
CREATE TABLE briefing_text (
	topic   TEXT NOT NULL REFERENCES briefing_topic (id),
	version BIGINT NOT NULL,
	words   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	PRIMARY KEY (topic, version)
);

-- Sessions. The counts are written when a session is closed, so that they outlive the people they count.
CREATE TABLE briefing_session (
	id          TEXT PRIMARY KEY,
	team        TEXT NOT NULL,
	location    TEXT NOT NULL,
	room        TEXT NOT NULL,
	kind        TEXT NOT NULL CHECK (kind IN ('group','single')),
	language    TEXT NOT NULL,
	leader      TEXT NOT NULL,
	at          BIGINT NOT NULL,
	minutes     BIGINT NOT NULL,
	seats       BIGINT NOT NULL,
	interpreter TEXT NOT NULL CHECK (interpreter IN ('none','asked','booked','out')),
	how         TEXT NOT NULL CHECK (how IN ('','phone','present')),
	gender      TEXT NOT NULL CHECK (gender IN ('','woman','man')),
	held        BIGINT,
	others      BIGINT NOT NULL,
	invited     BIGINT NOT NULL,
	came        BIGINT NOT NULL,
	missed      BIGINT NOT NULL,
	cancelled   BIGINT,
	reason      TEXT NOT NULL,
	version     BIGINT NOT NULL,
	made        BIGINT NOT NULL,
	made_by     TEXT NOT NULL
);
CREATE INDEX briefing_session_location ON briefing_session (location, at);
CREATE INDEX briefing_session_leader ON briefing_session (leader, at);
CREATE INDEX briefing_session_at ON briefing_session (at);

-- Who interprets: sealed for the house, found by a blind token when planned twice, and forgotten some time after.
CREATE TABLE briefing_interpreter (
	session TEXT PRIMARY KEY REFERENCES briefing_session (id),
	name    BYTEA NOT NULL,
	token   BYTEA NOT NULL
);
CREATE INDEX briefing_interpreter_token ON briefing_interpreter (token);

-- What a session is about, and whether it was told. Version is the text as it was when the session was closed.
CREATE TABLE briefing_subject (
	session TEXT NOT NULL REFERENCES briefing_session (id),
	topic   TEXT NOT NULL REFERENCES briefing_topic (id),
	version BIGINT NOT NULL,
	told    BOOLEAN NOT NULL,
	PRIMARY KEY (session, topic)
);

-- Who is invited, and whether they came. The body is what was understood and why it did not work, sealed. Pass is the grant
-- by which the leader sees the name on the day.
CREATE TABLE briefing_invite (
	id        TEXT PRIMARY KEY,
	session   TEXT NOT NULL REFERENCES briefing_session (id),
	person    TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('open','declined','withdrawn','cancelled')),
	came      TEXT NOT NULL CHECK (came IN ('','came','late','left','missed','unknown')),
	again     BOOLEAN NOT NULL,
	explained BIGINT,
	pass      TEXT NOT NULL,
	body      BYTEA,
	version   BIGINT NOT NULL,
	made      BIGINT NOT NULL,
	made_by   TEXT NOT NULL,
	UNIQUE (session, person)
);
CREATE INDEX briefing_invite_person ON briefing_invite (person, made);

-- What happened to an invitation. It is only added to.
CREATE TABLE briefing_act (
	id      TEXT PRIMARY KEY,
	invite  TEXT NOT NULL REFERENCES briefing_invite (id),
	person  TEXT NOT NULL,
	kind    TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX briefing_act_invite ON briefing_act (invite, at);
CREATE INDEX briefing_act_person ON briefing_act (person, at);
