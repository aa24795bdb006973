package translation

// This file holds the page of one page: all texts that stand on it, beside each other in Dutch and in a language. A page of a refugee or
// of a colleague cannot be opened by who translates it; what stands around a text can be read here.

import (
	"slices"
	"strings"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

type placePage struct {
	Lang lang.Lang
	Path string
	Look string // the page itself, where everybody may look
	Rows []placeText
}

// placeText is one text of the page.
type placeText struct {
	URL, State string
	Dutch, Now []lang.Form
}

// lookAt is the address of a page in a language, for a page at which everybody may look; empty for another.
func lookAt(v *web.Visit, r web.Route, tag string) string {
	if r.May.Need != access.Free || strings.Contains(r.Path, "{") {
		return ""
	}
	return v.URL(r.Name, "taal", tag)
}

func (t *Translation) place(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	route := v.Param("page")
	r, ok := t.door(route)
	if !ok {
		return fault.Gone()
	}
	seen, err := t.seenOn(v.Ctx(), route)
	if err != nil {
		return err
	}
	p := placePage{Lang: l, Path: r.Path, Look: lookAt(v, r, l.Tag)}
	mine := Keys(t.texts, l.Tag)
	for _, k := range seen {
		if _, ok := slices.BinarySearch(mine, k); !ok {
			continue
		}
		nl, _ := t.texts.Item("nl", k)
		now, _ := t.texts.Item(l.Tag, k)
		p.Rows = append(p.Rows, placeText{URL: v.URL("translation.text", "tongue", l.Tag, "textkey", k), State: StateOf(t.texts, l.Tag, k), Dutch: nl.All(), Now: now.All()})
	}
	return v.Page(pagePlace(p))
}
