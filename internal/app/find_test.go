package app

// This file asks the search box as several visitors: pages are found by who may open them, and by nobody else.

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTheSearchBoxFindsPagesThatOneMayOpen(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	for _, x := range []struct {
		who, typed, has string
		not             []string
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

// One box: every sort of thing is found by whoever may see it, each with why; and while somebody types the same is found.
func TestOneBoxFindsEverySort(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 100})
	for _, x := range []struct {
		who, typed string
		has        []string
		not        []string
	}{
		{"u-amira", "tesfai", []string{`href="/dossier/p-selam"`, "person"}, nil},
		{"u-amira", "V-281.994.0173", []string{`href="/dossier/p-selam"`, "V-nummer klopt"}, nil},
		{"u-amira", "٢٨١٩٩٤٠١٧٣", []string{`href="/dossier/p-selam"`}, nil},
		{"u-amira", "06 1234 5001", []string{`href="/dossier/p-selam"`, "telefoon klopt"}, nil},
		{"u-amira", "tel:+31 (0)6-12345001", []string{`href="/dossier/p-selam"`}, nil},
		{"u-amira", "612345001", []string{`href="/dossier/p-selam"`}, nil},
		{"u-amira", "0031612345001", []string{`href="/dossier/p-selam"`}, nil},
		{"u-amira", "31612345001", []string{`href="/dossier/p-selam"`}, nil},
		{"u-amira", "tree 3479", []string{`href="/dossier/p-selam"`, "kaartcode klopt"}, nil},
		{"u-marwan", "nareis", []string{"Procedures", `href="/regels/bestand/family_old"`}, []string{"p-selam"}},
		{"u-marwan", "family reunification", []string{`href="/regels/bestand/family_old"`}, nil},
		{"u-marwan", "asiel Selam", []string{"Selam Tesfay Haile · Asiel", `href="/dossier/p-selam/juridisch"`}, nil},
		{"u-marwan", "Vw 69", []string{"Artikelen", `href="/regels/bestand/asylum_old#`, "Vw 2000 art. 69"}, nil},
		{"u-marwan", "artikel 69 lid 2 Vw", []string{"Vw 2000 art. 69 lid 2"}, []string{"Vw 2000 art. 69 lid 1"}},
		{"u-marwan", "3:109", []string{"Vb 2000 art. 3.109"}, nil},
		{"u-marwan", "Awb 6:7", []string{"Awb art. 6:7"}, nil},
		{"u-marwan", "AMMR 39", []string{"2024/1351 art. 39"}, nil},
		{"u-marwan", "AMMR", []string{`href="/regels/bestand/ammr"`, "steunen op 2024/1351"}, nil},
		{"u-marwan", "ECLI:NL:RVS:2023:4451", []string{"ECLI:NL:RVS:2023:4451", "rechtspraak.nl"}, nil},
		{"u-amira", "agen", []string{`href="/agenda"`, "bladzijde in het menu"}, nil},
		{"u-marwan", "Voorbeeld", []string{"Adresboek", "mr. A. Voorbeeld"}, nil},
		{"u-marwan", "Georgië", []string{"Adresboek", "Huis voor Terugkeerders"}, nil},
		{"u-pieter", "Georgië", nil, []string{"Adresboek", "Terugkeerders"}},
		// Texts for everybody, in the words of the page and only those that are on the site; with the title before the text.
		{"u-amira", "nader gehoor", []string{"Informatie voor iedereen", `href="/info/asiel/wat-is-het-nader-gehoor"`, "Asiel · het staat in de titel"}, nil},
		{"u-pieter", "nader gehoor", []string{`href="/info/asiel/wat-is-het-nader-gehoor"`}, nil},
		{"u-amira", "tolk", []string{"het staat in de titel"}, nil},
		// Pages that stand in no menu, for who may open them.
		{"u-beheer", "inrich", []string{`href="/organisatie/inrichten"`, "bladzijde buiten het menu"}, nil},
		{"u-amira", "inrich", nil, []string{"/organisatie/inrichten", "Inrichten"}},
		{"u-marwan", "gelijkgestelde", []string{`href="/regels/dagen"`}, nil},
		{"u-pieter", "gelijkgestelde", nil, []string{"/regels/dagen"}},
		{"u-marwan", "wijziging voorst", []string{`href="/regels/voorstel"`}, nil},
		{"u-amira", "wijziging voorst", nil, []string{"/regels/voorstel"}},
		{"u-pieter", "Voorbeeld", nil, []string{"Adresboek", "mr. A. Voorbeeld"}},
		{"u-amira", "zzzz", []string{"Niets gevonden", "Wat je kunt proberen", "Een telefoonnummer"}, nil},
		// What one may not see does not exist: no file of anybody, no procedure, no rule of law for who needs none.
		{"u-jan", "tesfai", []string{"Niets gevonden"}, []string{"p-selam", "Haile"}},
		{"u-jan", "2819940173", []string{"Niets gevonden"}, []string{"p-selam"}},
		{"u-jan", "0612345001", []string{"Niets gevonden"}, []string{"p-selam"}},
		{"u-jan", "tree3479", []string{"Niets gevonden"}, []string{"p-selam"}},
		{"u-jan", "asiel Selam", nil, []string{"p-selam", "Haile"}},
		{"u-pieter", "Vw 69", []string{"Niets gevonden"}, []string{"regels/bestand"}},
		{"u-beheer", "nareis", []string{"Een vast nummer voor nareis"}, []string{"regels/bestand"}},
	} {
		c := browser(t, h, base, x.who)
		_, page, _ := ask(t, c, base, http.MethodGet, "/zoeken?q="+url.QueryEscape(x.typed), nil)
		_, main, _ := strings.Cut(page, "<main")
		code, hints, _ := ask(t, c, base, http.MethodPost, "/zoeken/terwijl", url.Values{"q": {x.typed}})
		if code != http.StatusOK || strings.Contains(hints, "<html") {
			t.Errorf("%s typing %q: %d", x.who, x.typed, code)
		}
		for _, has := range x.has {
			if !strings.Contains(main, has) {
				t.Errorf("%s typing %q: no %s in %s", x.who, x.typed, has, main)
			}
			if to, ok := strings.CutPrefix(has, `href="`); ok && !strings.Contains(hints, `data-href="`+to) {
				t.Errorf("%s typing %q: no hint %s in %s", x.who, x.typed, has, hints)
			}
		}
		for _, not := range x.not {
			if strings.Contains(strings.ReplaceAll(main, "inburgering Yusuf", ""), not) || strings.Contains(hints, not) {
				t.Errorf("%s typing %q sees %s", x.who, x.typed, not)
			}
		}
	}
}

// A page whose door or title was called otherwise would be found by nobody, and nobody would miss it.
func TestEveryPageThatStandsInNoMenuIsThere(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 20})
	for _, p := range sidePages {
		r, ok := h.doors[p.route]
		if !ok || r.Method != http.MethodGet || strings.Contains(r.Path, "{") {
			t.Errorf("%s is no page by itself", p.route)
		}
		if !h.Texts.Has("nl", p.title) || !h.Texts.Has("en", p.title) {
			t.Errorf("%s has no title", p.route)
		}
	}
}
