package web

// This file holds what a route is and how a name becomes an address.

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"reisgezel/internal/kernel/access"
)

// Route is one door of the house. Who may knock stands beside it: a route without a rule does not build.
type Route struct {
	Name   string // "contact.record"; links are made by this name only
	Method string // GET or POST; links act on POST, never on GET
	Path   string // "/dossier/{person}/contact"
	May    access.Rule
	Do     func(*Visit) error
	Body   int64 // largest request body in bytes; 0 means 1 MiB
	Secret bool  // what is sent here, a password or a PIN, is never kept for later

	// Ahead is asked before a byte of the form is read: what somebody without a name has to show before a large file is held. It reads
	// the address only.
	Ahead func(*Visit) error
}

// Job is background work that runs again and again, on one node at a time.
type Job struct {
	Name  string
	Every time.Duration
	Run   func(ctx context.Context, now time.Time) error
}

// table is the list of routes by name.
type table struct {
	byName map[string]address
	order  []Route
}

func newTable(routes []Route) (*table, error) {
	t := &table{byName: map[string]address{}, order: routes}
	for _, r := range routes {
		switch {
		case r.Name == "" || r.Do == nil:
			return nil, fmt.Errorf("web: route %s %s has no name or no handler", r.Method, r.Path)
		case r.Method != http.MethodGet && r.Method != http.MethodPost:
			return nil, fmt.Errorf("web: route %s: method %q is not GET or POST", r.Name, r.Method)
		case r.May.Action == "":
			return nil, fmt.Errorf("web: route %s has no rule that says who may use it", r.Name)
		case !strings.HasPrefix(r.Path, "/"):
			return nil, fmt.Errorf("web: route %s: path %q does not begin with /", r.Name, r.Path)
		}
		if _, twice := t.byName[r.Name]; twice {
			return nil, fmt.Errorf("web: route name %s is used twice", r.Name)
		}
		t.byName[r.Name] = addressOf(r.Path)
	}
	return t, nil
}

// address is the path of a route, cut where a part of it is to be told: a page has some hundred addresses.
type address struct {
	text  []string // what stands around the holes: one more than there are holes
	holes []string
}

func addressOf(path string) address {
	var a address
	rest := strings.TrimSuffix(path, "{$}")
	for {
		text, after, more := strings.Cut(rest, "{")
		a.text = append(a.text, text)
		if !more {
			return a
		}
		hole, after, _ := strings.Cut(after, "}")
		a.holes, rest = append(a.holes, hole), after
	}
}

// url makes the address of a named route. Arguments are name, value pairs; a name that is no part of the path goes
// into the query. A wrong name is a programming error that a test over all templates finds, so it panics.
func (t *table) url(name string, args ...string) string {
	a, ok := t.byName[name]
	if !ok {
		panic("web: no route is named " + name)
	}
	if len(args)%2 != 0 {
		panic("web: arguments of route " + name + " are not pairs")
	}
	if len(args) == 0 && len(a.holes) == 0 {
		return a.text[0]
	}
	var inPath [4]string // room for most: an address costs nothing but its text
	var inQuestion [8][2]string
	parts, asked := append(inPath[:0], a.holes...), inQuestion[:0]
	full, long := 0, len(args) // which holes, by bit; what is long enough, with a sign for each of the question
	for i := 0; i < len(args); i += 2 {
		if at := slices.Index(a.holes, args[i]); at >= 0 && full&(1<<at) == 0 {
			parts[at], full = url.PathEscape(args[i+1]), full|1<<at
			long += len(parts[at])
		} else {
			asked = append(asked, [2]string{args[i], args[i+1]})
			long += len(args[i]) + len(args[i+1])
		}
	}
	if full != 1<<len(a.holes)-1 {
		panic("web: route " + name + " lacks an argument for one of " + strings.Join(a.holes, ", "))
	}
	for _, text := range a.text {
		long += len(text)
	}
	var out strings.Builder
	out.Grow(long)
	out.WriteString(a.text[0])
	for i, part := range parts {
		out.WriteString(part)
		out.WriteString(a.text[i+1])
	}
	slices.SortStableFunc(asked, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) }) // one address for the same question
	for i, pair := range asked {
		out.WriteByte("?&"[min(i, 1)])
		out.WriteString(url.QueryEscape(pair[0]))
		out.WriteByte('=')
		out.WriteString(url.QueryEscape(pair[1]))
	}
	return out.String()
}

// URL makes the address of a named route from inside a template.
func URL(ctx context.Context, name string, args ...string) string {
	return From(ctx).site.table.url(name, args...)
}

// Known says whether a route of this name exists, for a link that is only shown when its page is there.
func Known(ctx context.Context, name string) bool {
	_, ok := From(ctx).site.table.byName[name]
	return ok
}
