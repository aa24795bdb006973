package ingest

// This file holds the words and choices of the pages.

import (
	"context"
	"strings"
	"time"

	"reisgezel/internal/kernel/lang"
)

func titleOf(ctx context.Context, b Batch, name string) string {
	kind := lang.T(ctx, "ingest.kind."+string(b.Kind))
	if name == "" {
		return kind
	}
	return name + " – " + kind
}

func subOf(ctx context.Context, b Batch, by string, now time.Time) string {
	parts := []string{lang.When(ctx, b.At, now)}
	if by != "" {
		parts = append(parts, by)
	}
	if b.Written > 0 {
		parts = append(parts, lang.T(ctx, "ingest.written", "n", b.Written))
	}
	return strings.Join(parts, " · ")
}

func tagOf(s State) string {
	switch s {
	case Done:
		return "ok"
	case Matching, Ready:
		return "warn"
	}
	return ""
}

// peopleOr chooses between words about people and about lists.
func peopleOr(k Kind) string {
	if k == People {
		return "people"
	}
	return "list"
}

func refresh(b Batch) int {
	if b.State.Works() {
		return 2
	}
	return 0
}

func columnLabel(ctx context.Context, c int, head string) string {
	s := lang.T(ctx, "ingest.column", "letter", letters(c))
	if head != "" {
		s += ": " + head
	}
	return s
}

func shownAs(ctx context.Context, k Kind, l Line) string {
	if s := Shown(k, l.Cells.Values); s != "" {
		return s
	}
	return lang.T(ctx, "ingest.row.title", "n", l.N)
}
