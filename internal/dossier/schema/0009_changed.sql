-- Whoever passes by everybody in the order of their last change reads on after a person: after a large import thousands changed in one
-- instant, and were put in order again for each fifty of them.
CREATE INDEX dossier_person_changed_id ON dossier_person (changed_at, id);
DROP INDEX dossier_person_changed;
