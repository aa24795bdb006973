-- Who minds a date asks only for open ones, and who is to be told of a move only for what nobody saw yet. So a version that another takes
-- the place of leaves the index, and does not move to another place in it. (The index by state alone keeps to few places as it is.)
DROP INDEX procedure_deadline_owner;
CREATE INDEX procedure_deadline_owner ON procedure_deadline (owner, safe) WHERE state = 'open';
DROP INDEX procedure_move_owner;
CREATE INDEX procedure_move_owner ON procedure_move (owner, at) WHERE seen IS NULL;

-- What was derived is found by its track, also when a person is erased.
DROP INDEX procedure_derivation_person;
