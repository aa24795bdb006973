package app

// This file looks whether everything that a file knows is taken out of a text that leaves it: each room that keeps something
// sealed of a person says what of it may not stand there.

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// knowsNothing are the rooms that keep something sealed of a person and lend nothing for masking, with the reason.
var knowsNothing = map[string]string{
	"dossier":   "it asks the others, and adds what it knows itself",
	"briefing":  "days and places of sessions stand open; of a person it seals only why somebody did not come, in words",
	"consent":   "with whom something is shared are organisations, chosen from a list",
	"contact":   "notes and promises are words: names in them are found by how names look, as in every text",
	"feedback":  "complaints are words",
	"handover":  "notes are words",
	"identity":  "what two records share stands in both files, which lend it",
	"ingest":    "what came in stands in the file",
	"oversight": "reasons are words",
	"portal":    "what a person says of a fact is words; telephones stand in the file",
	"question":  "questions and answers are words",
	"rights":    "requests are words; how somebody is called stands in the file",
}

func TestEveryRoomWithSealedNamesSaysWhatMustBeMasked(t *testing.T) {
	src, err := os.ReadFile("lend.go")
	if err != nil {
		t.Fatal(err)
	}
	lent := map[string]bool{}
	for _, m := range regexp.MustCompile(`h\.([A-Z][a-z]+)\.Known\b`).FindAllStringSubmatch(string(src), -1) {
		lent[strings.ToLower(m[1])] = true
	}
	person, sealed := regexp.MustCompile(`(?m)^\s*person\s+TEXT`), regexp.MustCompile(`(?m)^\s+\w+\s+BYTEA`)
	keeps := map[string]bool{}
	for room, sql := range schemas(t) {
		for _, m := range created.FindAllStringSubmatch(sql, -1) {
			keeps[room] = keeps[room] || person.MatchString(m[2]) && sealed.MatchString(m[2])
		}
	}
	for room := range keeps {
		if keeps[room] && lent[room] == (knowsNothing[room] != "") {
			t.Errorf("%s keeps something sealed of people: what of it may not stand in a text that leaves the file?", room)
		}
	}
	for room := range knowsNothing {
		if !keeps[room] {
			t.Errorf("%s needs no excuse", room)
		}
	}
}

func TestAFileKnowsWhatMustBeMasked(t *testing.T) {
	h, _ := demoHouse(t, Settings{People: 20})
	site := webtest.New(t, h.DB, []lang.Part{}, []web.Route{{Name: "known", Method: "GET", Path: "/weet/{person}", May: access.Rule{Action: "known", Need: access.ByFile, Level: access.File}, Do: func(v *web.Visit) error {
		f, err := h.Files.Open(v, v.Param("person"), access.File, "dossier.event.look")
		if err != nil {
			return err
		}
		k, err := h.Files.Known(v, f)
		if err != nil {
			return err
		}
		return v.Text(200, strings.Join(k.Names, "|")+"\n"+strings.Join(k.Numbers, "|")+"\n"+strings.Join(k.Addresses, "|")+"\n"+strings.Join(k.Days, "|"))
	}}}...)
	amira := site.As(access.Actor{Kind: access.Staff, ID: "u-amira", Holders: []string{"user:u-amira"}, Posts: []access.Post{{Role: access.Case, Scope: access.Scope{Kind: access.Team, ID: "t-utrecht"}}}})
	for person, must := range map[string][]string{
		"p-selam": {"kamer 114", "azc Utrecht", "2026-0417", "praktijk in de stad", "Voorbeeld", "Magistratenlaan", "2026-11-30"},
		"p-reem":  {"Vogelkersstraat 7\n3541 BX Utrecht"},
	} {
		known := amira.Get("/weet/" + person).Body
		for _, want := range must {
			if !strings.Contains(known, want) {
				t.Errorf("of %s is not known: %q in %s", person, want, known)
			}
		}
	}
}
