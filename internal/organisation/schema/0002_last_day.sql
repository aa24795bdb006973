-- The last day on which somebody works here, once it is known. From the day after it every post stands still, whether or not
-- anything else was done.
ALTER TABLE organisation_colleague ADD COLUMN last_day TEXT;
