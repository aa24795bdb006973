package question

// This file holds what comes with a question: a recording of the voice, a photograph of a letter.

import (
	"context"
	"time"

	"reisgezel/internal/kernel/fault"
)

// The kinds of files.
const (
	Voice = "voice"
	Photo = "photo"
)

// PhotoMost is the largest photograph in bytes as it is sent.
const PhotoMost = 12 << 20

// How many recordings and photographs one message has.
const (
	mostVoices = 3
	mostPhotos = 6
)

// heldFor is how long something waits to be sent; then it is destroyed.
const heldFor = 24 * time.Hour

// File is one recording or photograph. Line is empty while it was not sent.
type File struct {
	ID, Person, Ask, Line string
	Kind, Type            string
	Size                  int64
	At                    time.Time
}

// Ending is how the name of a download ends.
func (f File) Ending() string {
	switch f.Type {
	case "image/jpeg":
		return "jpg"
	case "image/png":
		return "png"
	}
	return "pdf"
}

// Picture is a photograph that may be kept, written anew, with a small one beside it. A PDF has no small one.
type Picture struct {
	Kind         string // as browsers call it
	Whole, Small []byte
}

// Lent is how files are looked at before they come in. Clean says whether no virus is in it.
type Lent struct {
	Clean   func(ctx context.Context, b []byte) (bool, error)
	Picture func(ctx context.Context, b []byte) (Picture, error) // its faults stand at the field "file"
}

// room says what there is no room for beside what is held already.
func room(held []File, kind string) error {
	n, most, field, why := 0, mostVoices, "geluid", "voices"
	if kind == Photo {
		most, field, why = mostPhotos, "file", "photos"
	}
	for _, f := range held {
		if f.Kind == kind {
			n++
		}
	}
	if n < most {
		return nil
	}
	return fault.Fields{{Name: field, Key: "question.refused." + why, Args: []any{"n", most}}}.Err()
}
