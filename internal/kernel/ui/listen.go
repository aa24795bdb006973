package ui

// This file lets somebody hear a part of a page: a recording of a person first, and else the voice of the telephone where it has one.

import "context"

// Recording is a part of a page read aloud: by a person, with an address, or else the words that the telephone may read itself.
// Without either there is nothing to hear.
type Recording struct {
	URL   string
	KB    int64
	Words string
}

func aloud(ctx context.Context, part string) Recording {
	if f := frame(ctx).Aloud; f != nil {
		return f(part)
	}
	return Recording{}
}
