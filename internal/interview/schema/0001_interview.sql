-- One interview of one person. What is said about it is sealed; kind, day and place are coarse, so that a team can plan and
-- whoever is asked to go along learns when and where, and not with whom.
CREATE TABLE interview_interview (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL,
	team     TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('registration','substantive','additional','dublin','screening','personal','family','objection','detention','other')),
	state    TEXT NOT NULL CHECK (state IN ('planned','held','closed','cancelled')),
	track    TEXT NOT NULL,            -- the procedure it belongs to; empty while nobody knows
	day      TEXT,
	hour     TEXT NOT NULL,            -- '09:00', or empty
	minutes  BIGINT NOT NULL,
	site     TEXT NOT NULL,
	company  BOOLEAN NOT NULL,         -- somebody of ours should go along
	due      TEXT,                     -- by when our own report must be there
	reported BIGINT,                   -- when it first was
	received TEXT,                     -- the day on which the report of the authority came
	event    TEXT NOT NULL,            -- that day as an event in the procedure; empty while no procedure knows it
	made_by  TEXT NOT NULL,
	at       BIGINT NOT NULL,
	version  BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX interview_interview_person ON interview_interview (person, at);
CREATE INDEX interview_interview_state ON interview_interview (state, day);
CREATE INDEX interview_interview_team ON interview_interview (team, state, day);

-- Who was asked to go along, and what they said. access is the grant that goes with a yes.
CREATE TABLE interview_companion (
	id        TEXT PRIMARY KEY,
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	person    TEXT NOT NULL,
	colleague TEXT NOT NULL,
	state     TEXT NOT NULL CHECK (state IN ('asked','yes','no','cannot','released')),
	access    TEXT NOT NULL,
	asked_by  TEXT NOT NULL,
	asked     BIGINT NOT NULL,
	answered  BIGINT,
	UNIQUE (interview, colleague)
);
CREATE INDEX interview_companion_colleague ON interview_companion (colleague, state);
CREATE INDEX interview_companion_person ON interview_companion (person);

-- What was prepared; a line is there when it is done.
CREATE TABLE interview_prep (
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	item      TEXT NOT NULL,
	person    TEXT NOT NULL,
	done      BIGINT NOT NULL,
	done_by   TEXT NOT NULL,
	PRIMARY KEY (interview, item)
);
CREATE INDEX interview_prep_person ON interview_prep (person);

-- Our own report. A change is a newer version; the older ones stay.
CREATE TABLE interview_report (
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	version   BIGINT NOT NULL,
	person    TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	body      BYTEA NOT NULL,
	PRIMARY KEY (interview, version)
);
CREATE INDEX interview_report_person ON interview_report (person);

-- Sending corrections and additions: when, to whom, and what proves it.
CREATE TABLE interview_sending (
	id        TEXT PRIMARY KEY,
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	person    TEXT NOT NULL,
	recipient TEXT NOT NULL CHECK (recipient IN ('lawyer','ind','other')),
	day       TEXT NOT NULL,
	event     TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	body      BYTEA NOT NULL
);
CREATE INDEX interview_sending_interview ON interview_sending (interview);
CREATE INDEX interview_sending_person ON interview_sending (person);

-- What the report says and what it should say.
CREATE TABLE interview_correction (
	id        TEXT PRIMARY KEY,
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	person    TEXT NOT NULL,
	n         BIGINT NOT NULL,
	agreed    TEXT NOT NULL CHECK (agreed IN ('','yes','no')), -- read back to the person: empty is not yet
	agreed_on TEXT,
	interpreted BOOLEAN NOT NULL,      -- with an interpreter
	sent      TEXT REFERENCES interview_sending (id),
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	removed   BIGINT,
	version   BIGINT NOT NULL,
	body      BYTEA NOT NULL
);
CREATE INDEX interview_correction_interview ON interview_correction (interview);
CREATE INDEX interview_correction_person ON interview_correction (person);

-- What went wrong in an interview. Offered is when somebody pressed for a signal; signal is what became of it elsewhere,
-- empty as long as nobody has taken it.
CREATE TABLE interview_concern (
	id        TEXT PRIMARY KEY,
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	person    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	weight    TEXT NOT NULL CHECK (weight IN ('small','serious','grave')),
	offered   BIGINT,
	offered_by TEXT NOT NULL,
	signal    TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	removed   BIGINT,
	version   BIGINT NOT NULL,
	body      BYTEA NOT NULL
);
CREATE INDEX interview_concern_interview ON interview_concern (interview);
CREATE INDEX interview_concern_person ON interview_concern (person);
CREATE INDEX interview_concern_offered ON interview_concern (offered, signal);

-- The story of an interview. It is only added to.
CREATE TABLE interview_event (
	id        TEXT PRIMARY KEY,
	interview TEXT NOT NULL REFERENCES interview_interview (id),
	person    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	made_by   TEXT NOT NULL,
	at        BIGINT NOT NULL,
	body      BYTEA NOT NULL
);
CREATE INDEX interview_event_interview ON interview_event (interview, at);
CREATE INDEX interview_event_person ON interview_event (person, at);

-- What a team agreed on for itself.
CREATE TABLE interview_setting (
	team       TEXT PRIMARY KEY,
	report     BIGINT NOT NULL,        -- working days for our own report
	ahead      BIGINT NOT NULL,        -- from how many days before it is told that nobody goes along
	changed    BIGINT NOT NULL,
	changed_by TEXT NOT NULL
);
