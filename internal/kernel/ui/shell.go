package ui

// This file holds the small decisions of the shells.

import (
	"context"
	"strconv"

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

func keys(ctx context.Context) templ.Attributes {
	if frame(ctx).KeysOff {
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

// otherLang is this page in that language. A page that answers a form has no address to come back to, and the page of a
// fault must be the same whatever was asked for.
func otherLang(ctx context.Context) string {
	v := web.From(ctx)
	if v.R.Method != "GET" || v.Route.Name == "fault" {
		return home(ctx) + "?taal=" + otherTag(ctx)
	}
	q := v.R.URL.Query()
	q.Set("taal", otherTag(ctx))
	return v.R.URL.EscapedPath() + "?" + q.Encode()
}

// again lets the script ask for the page anew while long work goes on; without a script the head does it.
func again(p Page) templ.Attributes {
	if p.Refresh == 0 {
		return nil
	}
	return templ.Attributes{"data-again": strconv.Itoa(p.Refresh)}
}
