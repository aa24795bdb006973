package ui

// This file looks for hard words in pages: once each, in sentences, in the words of several languages, and never in what is no text.

import (
	"strings"
	"testing"
)

var hard = []Term{{ID: "ind", Name: "IND"}, {ID: "appeal", Name: "beroep", Stems: []string{"استئناف", "recours"}}, {ID: "reunion", Name: "nareis", Stems: []string{"لمّ شمل"}}}

func TestAHardWordIsExplainedOnceWhereItFirstStands(t *testing.T) {
	const ind, appeal = `<a class="term" href="#woord-ind">`, `<a class="term" href="#woord-appeal">`
	for name, c := range map[string]struct{ page, want, found string }{
		"first only":          {`<p>De IND beslist nu.</p><p>De IND schrijft u.</p>`, `<p>De ` + ind + `IND</a> beslist nu.</p><p>De IND schrijft u.</p>`, "ind"},
		"no other word":       {`<p>De INDIAAN en het beroepje wachten.</p>`, `<p>De INDIAAN en het beroepje wachten.</p>`, ""},
		"with a stroke":       {`<p>Het IND-loket is open.</p>`, `<p>Het ` + ind + `IND</a>-loket is open.</p>`, "ind"},
		"not in a link":       {`<p><a href="/ind">Naar de IND gaan</a></p>`, `<p><a href="/ind">Naar de IND gaan</a></p>`, "ind"},
		"not in a heading":    {`<h2>Wat de IND doet</h2><p>Dan komt de IND.</p>`, `<h2>Wat de IND doet</h2><p>Dan komt de ` + ind + `IND</a>.</p>`, "ind"},
		"not in a tag":        {`<img alt="de IND > hier en nu"><p>Niets te zien hier.</p>`, `<img alt="de IND > hier en nu"><p>Niets te zien hier.</p>`, ""},
		"not what is typed":   {`<textarea>Ik wil de IND spreken</textarea>`, `<textarea>Ik wil de IND spreken</textarea>`, ""},
		"a label has no link": {`<span>Beroep</span>`, `<span>Beroep</span>`, "appeal"},
		"after a picture":     {`<svg><use href="#x"></use></svg><p>U kunt in beroep gaan.</p>`, `<svg><use href="#x"></use></svg><p>U kunt in ` + appeal + `beroep</a> gaan.</p>`, "appeal"},
		"Arabic, its article": {`<p>وقت الاستئناف قصير جدًا.</p>`, `<p>وقت ` + appeal + `الاستئناف</a> قصير جدًا.</p>`, "appeal"},
		"French, its plural":  {`<p>Les Recours sont possibles.</p>`, `<p>Les ` + appeal + `Recours</a> sont possibles.</p>`, "appeal"},
		"signs of borrowing":  {"<p>\x0eDe IND beslist nu.\x0f</p>", "<p>\x0eDe " + ind + "IND</a> beslist nu.\x0f</p>", "ind"},
		"a letter that grows": {`<p>İİİ De IND beslist.</p>`, `<p>İİİ De ` + ind + `IND</a> beslist.</p>`, "ind"},
	} {
		got, found := explain([]byte(c.page), hard)
		var ids []string
		for _, f := range found {
			ids = append(ids, f.ID)
		}
		if string(got) != c.want || strings.Join(ids, " ") != c.found {
			t.Errorf("%s: %s found %v, not %s found %s", name, got, ids, c.want, c.found)
		}
	}
}

func TestAPageExplainsNoMoreThanSomebodyReads(t *testing.T) {
	var many []Term
	page := ""
	for _, n := range []string{"aap", "noot", "mies", "wim", "zus", "jet", "teun", "vuur"} {
		many = append(many, Term{ID: n, Name: n})
		page += "<p>Hier staat het woord " + n + ".</p>"
	}
	got, found := explain([]byte(page), many)
	if len(found) != termsMost || strings.Count(string(got), "<a ") != termsMost {
		t.Errorf("%d are explained and %d linked, not %d", len(found), strings.Count(string(got), "<a "), termsMost)
	}
}
