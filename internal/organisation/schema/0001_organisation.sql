-- One foundation. The row is made at the first setup or demonstration.
CREATE TABLE organisation_foundation (
	id      TEXT PRIMARY KEY CHECK (id = 'f'),
	name    TEXT NOT NULL,
	version BIGINT NOT NULL
);

CREATE TABLE organisation_region (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,
	version BIGINT NOT NULL
);

CREATE TABLE organisation_team (
	id      TEXT PRIMARY KEY,
	region  TEXT NOT NULL REFERENCES organisation_region (id),
	name    TEXT NOT NULL UNIQUE,
	version BIGINT NOT NULL
);
CREATE INDEX organisation_team_region ON organisation_team (region);

CREATE TABLE organisation_location (
	id         TEXT PRIMARY KEY,
	team       TEXT NOT NULL REFERENCES organisation_team (id),
	name       TEXT NOT NULL,
	street     TEXT NOT NULL,
	postcode   TEXT NOT NULL,
	town       TEXT NOT NULL,
	phone      TEXT NOT NULL,
	remark     TEXT NOT NULL,
	closed     BOOLEAN NOT NULL,
	version    BIGINT NOT NULL,
	changed    BIGINT NOT NULL,
	changed_by TEXT NOT NULL,
	UNIQUE (team, name)
);

-- Walk-in hours: weekday 1 is Monday, times are hours and minutes on the wall in the Netherlands.
CREATE TABLE organisation_hours (
	location TEXT NOT NULL REFERENCES organisation_location (id),
	weekday  BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	opens    TEXT NOT NULL,
	shuts    TEXT NOT NULL,
	PRIMARY KEY (location, weekday, opens)
);

-- Rooms and desks are never deleted, only closed: an old visit still says where it was.
CREATE TABLE organisation_room (
	id       TEXT PRIMARY KEY,
	location TEXT NOT NULL REFERENCES organisation_location (id),
	name     TEXT NOT NULL,
	closed   BOOLEAN NOT NULL,
	UNIQUE (location, name)
);
CREATE TABLE organisation_desk (
	id       TEXT PRIMARY KEY,
	location TEXT NOT NULL REFERENCES organisation_location (id),
	name     TEXT NOT NULL,
	closed   BOOLEAN NOT NULL,
	UNIQUE (location, name)
);

-- Colleagues, paid or not. What stands here is work data. Of a VOG only the day it was seen is kept, never a copy.
CREATE TABLE organisation_colleague (
	id        TEXT PRIMARY KEY,
	name      TEXT NOT NULL,
	called    TEXT NOT NULL,
	email     TEXT NOT NULL UNIQUE,
	phone     TEXT NOT NULL,
	languages TEXT NOT NULL,
	lang      TEXT NOT NULL,
	paid      BOOLEAN NOT NULL,
	active    BOOLEAN NOT NULL,
	vog_seen  TEXT,
	version   BIGINT NOT NULL
);
CREATE INDEX organisation_colleague_name ON organisation_colleague (name, id);

-- Posts: a role in a place for a time. They add up and are never deleted.
CREATE TABLE organisation_post (
	id         TEXT PRIMARY KEY,
	colleague  TEXT NOT NULL REFERENCES organisation_colleague (id),
	role       TEXT NOT NULL,
	scope_kind TEXT NOT NULL CHECK (scope_kind IN ('national','region','team','location','desk')),
	scope_id   TEXT NOT NULL,
	since      BIGINT NOT NULL,
	until      BIGINT,
	ended      BIGINT,
	given_by   TEXT NOT NULL,
	ended_by   TEXT NOT NULL
);
CREATE INDEX organisation_post_colleague ON organisation_post (colleague);
CREATE INDEX organisation_post_scope ON organisation_post (scope_kind, scope_id, role);

-- Who stands in for whom. Days are included at both ends.
CREATE TABLE organisation_deputy (
	id        TEXT PRIMARY KEY,
	colleague TEXT NOT NULL REFERENCES organisation_colleague (id),
	deputy    TEXT NOT NULL REFERENCES organisation_colleague (id),
	since     TEXT NOT NULL,
	until     TEXT,
	ended     BIGINT,
	made_by   TEXT NOT NULL,
	CHECK (colleague <> deputy)
);
CREATE INDEX organisation_deputy_colleague ON organisation_deputy (colleague);
CREATE INDEX organisation_deputy_deputy ON organisation_deputy (deputy);

-- The catalogue is the same everywhere; a variant says how one location differs and why.
CREATE TABLE organisation_service (
	id      TEXT PRIMARY KEY,
	name    TEXT NOT NULL UNIQUE,
	about   TEXT NOT NULL,
	place   BIGINT NOT NULL,
	closed  BOOLEAN NOT NULL,
	version BIGINT NOT NULL
);
CREATE TABLE organisation_variant (
	location TEXT NOT NULL REFERENCES organisation_location (id),
	service  TEXT NOT NULL REFERENCES organisation_service (id),
	offered  BOOLEAN NOT NULL,
	remark   TEXT NOT NULL,
	version  BIGINT NOT NULL,
	PRIMARY KEY (location, service)
);

-- Official lists, as published: municipalities, nationalities, countries. Codes stay when they are no longer valid.
CREATE TABLE organisation_reference (
	kind  TEXT NOT NULL CHECK (kind IN ('municipality','nationality','country')),
	code  TEXT NOT NULL,
	name  TEXT NOT NULL,
	since TEXT,
	until TEXT,
	PRIMARY KEY (kind, code)
);
CREATE INDEX organisation_reference_name ON organisation_reference (kind, name);
