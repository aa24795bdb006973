-- In which bottlenecks a signal was before, and until when: what was told there until then stays told to whoever signalled it.
CREATE TABLE knelpunt_past (
	signal     TEXT NOT NULL REFERENCES knelpunt_signal (id),
	bottleneck TEXT NOT NULL REFERENCES knelpunt_bottleneck (id),
	until      BIGINT NOT NULL,
	PRIMARY KEY (signal, bottleneck)
);
CREATE INDEX knelpunt_past_bottleneck ON knelpunt_past (bottleneck);

-- What the steps tell of the time before: of what was taken out, what went along when its bottleneck was merged, and what was split off.
INSERT INTO knelpunt_past (signal, bottleneck, until)
	SELECT j.about, j.bottleneck, MAX(x.at)
	FROM knelpunt_step j JOIN knelpunt_step x ON x.bottleneck = j.bottleneck
	WHERE j.kind = 'joined' AND j.about IN (SELECT id FROM knelpunt_signal)
		AND NOT EXISTS (SELECT 1 FROM knelpunt_member m WHERE m.signal = j.about AND m.bottleneck = j.bottleneck)
		AND (x.kind = 'left' AND x.about = j.about
			OR x.kind = 'merged_into' AND NOT EXISTS (SELECT 1 FROM knelpunt_step l WHERE l.kind = 'left' AND l.bottleneck = j.bottleneck AND l.about = j.about)
			OR x.kind = 'split_into' AND EXISTS (SELECT 1 FROM knelpunt_member m WHERE m.signal = j.about AND m.bottleneck = x.about))
	GROUP BY j.about, j.bottleneck;
