-- Where a partner keeps its side of what was done, sealed with the key of the person.
ALTER TABLE alarm_step ADD COLUMN link BYTEA;
