package dossier

// This file finds people by name among all files that somebody may see. A small caseload is opened and looked through; of a
// large one the names in memory say first who may be meant, and only their files are opened.

import (
	"context"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
)

const (
	// amongAll is how many files are all opened for one search; beyond it the names in memory are sooner asked.
	amongAll = 80
	// amongMost is how many of a larger caseload are opened for one search, and amongNew how many of these are the newest, who
	// may not be in memory yet.
	amongMost = 150
	amongNew  = 20
)

// among are the files in which a search by name looks, of all that the actor may see, newest grant first; more says that others
// begin as it was typed and are left out. Whoever shows them asks query.answers. Several names are looked for at once, so that
// no file is opened twice.
func (s *Files) among(ctx context.Context, a access.Actor, level access.Level, now time.Time, typed ...string) (ls []Listed, more bool, err error) {
	ids, err := s.held(ctx, a, level, now)
	if err != nil {
		return nil, false, err
	}
	if len(ids) > amongAll && s.Heard() {
		near := slices.Clone(ids[:amongNew])
		for _, name := range typed {
			want := strings.Fields(Fold(name))
			likely, begin := s.memory.index.Among(ids, name, amongMost, func(name string) int { return int(answersTo(strings.Fields(Fold(name)), want)) })
			near, more = append(near, likely...), more || begin > amongMost
		}
		slices.Sort(near)
		ids = slices.DeleteFunc(ids, func(id string) bool { _, ok := slices.BinarySearch(near, id); return !ok })
	}
	ls, err = s.those(ctx, a, level, ids, now)
	return ls, more, err
}
