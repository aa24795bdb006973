-- Where a change of policy belongs: to dossiers of advocacy, and to rules of law. By their ids, which only their own rooms can turn into
-- words, for whoever may know of them.
CREATE TABLE monitor_policy_link (
	policy  TEXT NOT NULL REFERENCES monitor_policy (id),
	kind    TEXT NOT NULL CHECK (kind IN ('dossier','rule')),
	target  TEXT NOT NULL,
	at      BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	PRIMARY KEY (policy, kind, target)
);
CREATE INDEX monitor_policy_link_target ON monitor_policy_link (kind, target);
CREATE INDEX monitor_warning_bottleneck ON monitor_warning (bottleneck);
