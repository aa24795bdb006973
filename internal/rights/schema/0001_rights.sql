-- Requests of people about their own data. Due is by when it must be answered; effect is the day on which an erasure is carried
-- out; ready is until when a copy can be fetched.
CREATE TABLE rights_request (
	id       TEXT PRIMARY KEY,
	person   TEXT NOT NULL REFERENCES dossier_person (id),
	team     TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('copy','correct','less','erase','object')),
	how      TEXT NOT NULL CHECK (how IN ('page','desk','paper')),
	lang     TEXT NOT NULL,
	day      TEXT NOT NULL,
	due      TEXT NOT NULL,
	extended BOOLEAN NOT NULL,
	asks     BOOLEAN NOT NULL,
	handler  TEXT NOT NULL,
	made_by  TEXT NOT NULL,
	outcome  TEXT NOT NULL CHECK (outcome IN ('','granted','partly','refused','withdrawn')),
	ground   TEXT NOT NULL,
	decided  TEXT,
	effect   TEXT,
	done     TEXT,
	ready    BIGINT,
	version  BIGINT NOT NULL,
	body     BYTEA NOT NULL
);
CREATE INDEX rights_request_person ON rights_request (person, day);
CREATE INDEX rights_request_due ON rights_request (done, due);

-- What happened to a request, with the words for the person. It is only added to.
CREATE TABLE rights_step (
	id      TEXT PRIMARY KEY,
	request TEXT NOT NULL REFERENCES rights_request (id),
	kind    TEXT NOT NULL,
	outcome TEXT NOT NULL,
	ground  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	body    BYTEA
);
CREATE INDEX rights_step_request ON rights_step (request, at);

-- Whom the program is erasing. The row goes last, after the key: whatever stops in between is taken up again.
CREATE TABLE rights_erasing (
	person TEXT PRIMARY KEY,
	since  BIGINT NOT NULL
);
