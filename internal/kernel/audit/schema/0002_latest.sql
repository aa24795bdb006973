-- A page of a file tells who looked last. The thirty entries that it reads were written at thirty moments, among those of everybody else:
-- with what is told in the index, they lie beside each other.
CREATE INDEX audit_entry_latest ON audit_entry (subject, seq, actor, actor_kind, why, at);
DROP INDEX audit_entry_subject;
