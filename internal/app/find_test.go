package app

// This file asks the search box as several visitors: pages are found by who may open them, and by nobody else.

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheSearchBoxFindsPagesThatOneMayOpen(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	for _, x := range []struct {
		who, typed, has string
		not            []string
	}{
		{"u-amira", "agen", `href="/agenda"`, []string{`href="/toezicht/logboek"`, "Niets gevonden"}},
		{"u-pieter", "LOGB", `href="/toezicht/logboek"`, nil},
		{"u-amira", "logb", "Niets gevonden", []string{`href="/toezicht/logboek"><`}},
		{"u-ria", "spreek", `href="/spreekuur"`, nil},
		{"u-amira", "a", "", []string{">Agenda</a></"}},
	} {
		c := browser(t, h, base, x.who)
		code, body, _ := ask(t, c, base, http.MethodGet, "/zoeken?q="+x.typed, nil)
		_, main, _ := strings.Cut(body, "<main")
		if code != http.StatusOK || !strings.Contains(main, x.has) {
			t.Errorf("%s typing %s: %d, no %s in %s", x.who, x.typed, code, x.has, main)
		}
		for _, not := range x.not {
			if strings.Contains(main, not) {
				t.Errorf("%s typing %s: %s", x.who, x.typed, not)
			}
		}
	}
}
