-- What the person said to an appointment: that they come, and that they need an interpreter.
ALTER TABLE contact_appointment ADD COLUMN comes BIGINT;
ALTER TABLE contact_appointment ADD COLUMN wants BIGINT;
