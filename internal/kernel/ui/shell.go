package ui

// This file holds the small decisions of the shells.

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

func current(yes bool) templ.Attributes {
	if yes {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

// combo lets the script answer the search box while somebody types.
func combo(ctx context.Context) templ.Attributes {
	if u := frame(ctx).HintsURL; u != "" {
		return templ.Attributes{"data-combo": u}
	}
	return nil
}

func keys(ctx context.Context) templ.Attributes {
	if keysOff(ctx) {
		return templ.Attributes{"data-keys": "off"}
	}
	return nil
}

func home(ctx context.Context) string {
	if u := frame(ctx).HomeURL; u != "" {
		return u
	}
	return "/"
}

// size is the class of the text size a refugee chose.
func size(ctx context.Context) string {
	switch frame(ctx).Size {
	case "115":
		return "size-115"
	case "130":
		return "size-130"
	}
	return ""
}

// otherTag is the other language of staff pages.
func otherTag(ctx context.Context) string {
	if lang.Of(ctx).Tag == "nl" {
		return "en"
	}
	return "nl"
}

// here is the address of this page, to come back to. A page that answers a form has none, and the page of a fault must
// be the same whatever was asked for.
func here(ctx context.Context) string {
	v := web.From(ctx)
	if v.R.Method != http.MethodGet || v.Route.Name == "fault" {
		return home(ctx)
	}
	q := v.R.URL.Query()
	q.Del("gezegd")
	if len(q) == 0 {
		return v.R.URL.EscapedPath()
	}
	return v.R.URL.EscapedPath() + "?" + q.Encode()
}

// inLang is this page in another language.
func inLang(ctx context.Context, tag string) string {
	path, query, _ := strings.Cut(here(ctx), "?")
	q, err := url.ParseQuery(query)
	if err != nil {
		q = url.Values{}
	}
	q.Set("taal", tag)
	return path + "?" + q.Encode()
}

// keysCookie remembers, for one browser, that single-letter shortcuts are switched off.
const keysCookie = "toetsen"

func keysOff(ctx context.Context) bool {
	return frame(ctx).KeysOff || web.From(ctx).Cookie(keysCookie) == "uit"
}

var shortcutList = []struct{ key, text string }{
	{"/", "ui.keys.search"}, {"n", "ui.keys.record"}, {"1 … 0", "ui.keys.digits"}, {"Ctrl ↵", "ui.keys.send"}, {"?", "ui.keys.help"},
}

// switchKeys puts the shortcuts off or on and goes back to the page it came from.
func switchKeys(v *web.Visit) error {
	value := ""
	if v.Value("toetsen") == "uit" {
		value = "uit"
	}
	v.SetCookie(keysCookie, value, 365*24*time.Hour)
	if to := v.Value("terug"); web.Local(to) {
		return v.GoTo(to)
	}
	return v.GoTo("/")
}

// again lets the script ask for the page anew while long work goes on; without a script the head does it. A page on which
// people type only has pieces of it renewed.
func again(p Page) templ.Attributes {
	switch {
	case p.Refresh > 0:
		return templ.Attributes{"data-again": strconv.Itoa(p.Refresh)}
	case p.Renew != "":
		return templ.Attributes{"data-renew": p.Renew}
	}
	return nil
}
