-- How long a step usually took, in days: the middle half and the middle, counted over many people. Nobody is in it.
CREATE TABLE procedure_usual (
	regime TEXT NOT NULL,
	step   TEXT NOT NULL,
	low    BIGINT NOT NULL,
	mid    BIGINT NOT NULL,
	high   BIGINT NOT NULL,
	PRIMARY KEY (regime, step)
);
