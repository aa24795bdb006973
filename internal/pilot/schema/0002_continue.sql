-- A pilot of which it was decided that it continues runs on, until its next evaluation.
UPDATE pilot_plan SET state = 'running' WHERE state = 'decided' AND decision = 'continue';
