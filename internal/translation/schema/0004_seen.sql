-- What stands around a text is read by the page on which it was seen.
CREATE INDEX translation_seen_route ON translation_seen (route);
