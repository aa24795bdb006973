package lang

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func sprint(x any) string { return fmt.Sprint(x) }

func borrowed(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load(part(map[string]string{
		"nl":  `{"t.a":"Dag","t.b":"Hoi {x}","t.c":"Kop","t.staff":"Baas"}`,
		"en":  `{"t.staff":"Boss"}`,
		"fa":  `{"t.a":"سلام","t.b":"سلام {x}","t.c":"سر"}`,
		"prs": `{"t.c":"سر دری"}`,
		"am":  `{"t.c":"ራስ"}`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestABorrowedTextSaysItsLanguageAndIsCounted(t *testing.T) {
	c := borrowed(t)
	for _, x := range []struct{ tag, page, want string }{
		{"am", "<p>{a}</p>", `<p><span class="nt" lang="nl" dir="ltr">Dag</span></p>`},
		{"prs", "<p>{a}</p>", `<p><span class="nt" lang="fa" dir="rtl">سلام</span></p>`},
		{"prs", "<p>{c}</p>", `<p>سر دری</p>`},
		{"fa", "<p>{a}</p>", `<p>سلام</p>`},
		{"nl-simple", "<p>{a}</p>", `<p>Dag</p>`},
		{"am", `<a title="{a} > x" href='{a}'>{c}</a>`, `<a title="Dag > x" href='Dag'>ራስ</a>`},
		{"am", "<title>{a}</title><option>{a}</option><b>{a}</b>", `<title>Dag</title><option>Dag</option><b><span class="nt" lang="nl" dir="ltr">Dag</span></b>`},
		{"am", "<textarea>{a}</textarea>", "<textarea>Dag</textarea>"},
		{"am", "<p>{b}</p>", `<p><span class="nt" lang="nl" dir="ltr">Hoi <span class="nt" lang="nl" dir="ltr">Dag</span></span></p>`},
		{"am", "<p>\x0eDa</p><p>g\x0f</p>", "<p>Da</p><p>g</p>"},
		{"am", "a\x0f\x0eb", "ab"},
	} {
		ctx := Page(t.Context(), x.tag, "", c)
		var b bytes.Buffer
		b.WriteString(strings.NewReplacer("{a}", T(ctx, "t.a"), "{b}", T(ctx, "t.b", "x", T(ctx, "t.a")), "{c}", T(ctx, "t.c")).Replace(x.page))
		Settle(ctx, &b)
		if b.String() != x.want {
			t.Errorf("%s %s\n%s\nwant\n%s", x.tag, x.page, b.String(), x.want)
		}
	}
	got := c.Fallen()
	if got[Missed{"am", "t.a"}] != 7 || got[Missed{"prs", "t.a"}] != 2 || got[Missed{"nl-simple", "t.a"}] != 1 || got[Missed{"fa", "t.a"}] != 0 || got[Missed{"am", "t.c"}] != 0 {
		t.Error(got)
	}
	if len(c.Fallen()) != 0 {
		t.Error("it is counted twice")
	}
	c.Missing(Missed{"am", "t.a"}, 3)
	if c.Fallen()[Missed{"am", "t.a"}] != 3 {
		t.Error("what was given back is lost")
	}
	// What no page shows is neither marked nor counted: a letter, a list of a colleague, what is kept.
	if s := T(With(t.Context(), "am", c), "t.a"); s != "Dag" || len(c.Fallen()) != 0 {
		t.Errorf("%q", s)
	}
	if s := T(In(Page(t.Context(), "am", "", c), "am"), "t.a"); s != "Dag" {
		t.Errorf("%q", s)
	}
	ctx := Page(t.Context(), "am", "", c)
	if T(ctx, "t.a"); Borrowed(ctx) != 1 || Unsure(ctx) || SeenIn(ctx, "t.a").Tag != "nl" || SeenIn(ctx, "t.c").Tag != "am" || Capital(T(ctx, "t.a")) != "\x0eDag\x0f" {
		t.Error("a page does not know what it borrowed")
	}
	if !Young(ctx) || Young(Page(t.Context(), "fa", "", c)) || Young(With(t.Context(), "am", c)) {
		t.Error("a page does not know whether its language has all texts")
	}
	have, all := 0, c.Read() // what only colleagues read does not count
	for _, k := range all {
		if _, ok := c.Item("am", k); ok {
			have++
		}
	}
	if have != 1 || len(all) != 3 {
		t.Error(have, all)
	}
}

func FuzzSettleLosesNoWord(f *testing.F) {
	f.Add("<p>\x0eDag\x0f</p>")
	f.Add("<title>\x0eDag\x0f</title><p a='\x0e>'>\x0f")
	f.Add("<\x0e\x0f\x10")
	c, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, page string) {
		ctx := Page(t.Context(), "prs", "", c)
		b := bytes.NewBufferString(page)
		Settle(ctx, b)
		var bare bytes.Buffer
		strip(&bare, []byte(page))
		out := b.Bytes()
		for _, span := range []string{`<span class="nt" lang="nl" dir="ltr">`, `<span class="nt" lang="fa" dir="rtl">`, "</span>"} {
			if !bytes.Contains(bare.Bytes(), []byte(span)) {
				out = bytes.ReplaceAll(out, []byte(span), nil)
			}
		}
		if bytes.ContainsAny(out, "\x0e\x0f\x10") {
			t.Fatalf("a sign is left: %q", out)
		}
		if !bytes.Contains(bare.Bytes(), []byte("span")) && !bytes.Equal(out, bare.Bytes()) {
			t.Fatalf("%q became %q", bare.String(), out)
		}
	})
}

func TestWhatIsLaidOverTheCatalogue(t *testing.T) {
	files := map[string]string{"nl": `{"t.a":"nieuw","t.b":"b {x}","t.n":{"one":"{n} dag","other":"{n} dagen"}}`, "so": `{"t.a":"x"}`}
	st, err := Fingerprints(part(files), Machine)
	if err != nil {
		t.Fatal(err)
	}
	files["states"] = string(st)
	c, err := Load(part(files))
	if err != nil {
		t.Fatal(err)
	}
	is := func(tag, key, want string, state State) {
		t.Helper()
		ctx := With(t.Context(), tag, c)
		if got := T(ctx, key, "n", 5); got != want || StateOf(ctx, key) != state {
			t.Errorf("%s %s: %q %s, want %q %s", tag, key, got, StateOf(ctx, key), want, state)
		}
	}
	before := With(t.Context(), "so", c)
	if left := c.Lay([]Over{{"so", "t.a", Text{One: "y"}, c.Source("t.a")}, {"ar", "t.n", Text{Forms: map[string]string{"few": "{n} أيام", "other": "{n} يوم"}}, c.Source("t.n")}}); len(left) != 0 {
		t.Error(left)
	}
	is("so", "t.a", "y", Checked)
	is("ar", "t.n", "5 أيام", Checked)
	if T(before, "t.a") != "x" {
		t.Error("a page changed while it was made")
	}
	// An older one gives way to what came with the program; where nothing did, it stays and says so.
	left := c.Lay([]Over{{"so", "t.a", Text{One: "oud"}, "00000000"}, {"tr", "t.a", Text{One: "eski"}, "00000000"}, {"nl", "t.a", Text{One: "z"}, c.Source("t.a")}, {"so", "t.gone", Text{One: "z"}, ""}, {"tlh", "t.a", Text{One: "z"}, c.Source("t.a")}})
	if len(left) != 4 {
		t.Error(left)
	}
	is("so", "t.a", "x", Machine)
	is("tr", "t.a", "eski", Outdated)
	is("nl", "t.a", "nieuw", Checked)
	is("ar", "t.n", "5 dagen", Outdated) // taken away again
	if i, ok := c.Item("tr", "t.a"); !ok || i.One != "eski" || i.Of != "00000000" {
		t.Error(i)
	}
	for _, x := range []struct {
		tag, key string
		text     Text
		want     string
	}{
		{"so", "t.a", Text{One: "y"}, "[]"},
		{"so", "t.a", Text{One: " "}, "[empty ]"},
		{"so", "t.a", Text{One: "{x}"}, "[extra {x}]"},
		{"so", "t.b", Text{One: "b"}, "[lost {x}]"},
		{"so", "t.b", Text{Forms: map[string]string{"one": "{x}", "other": "{x}"}}, "[plural ]"},
		{"so", "t.none", Text{One: "y"}, "[unknown t.none]"},
		{"ar", "t.n", Text{Forms: map[string]string{"one": "يوم", "other": "{n}"}}, "[form few form many form two form zero]"},
		{"so", "t.n", Text{Forms: map[string]string{"one": "maalin", "other": "{n}", "some": "x"}}, "[category some]"},
		{"so", "t.n", Text{One: "{n}"}, "[]"},
	} {
		if got := c.Fits(x.tag, x.key, x.text); sprint(got) != x.want {
			t.Errorf("%s %s %v: %s, want %s", x.tag, x.key, x.text, sprint(got), x.want)
		}
	}
	x := Text{Forms: map[string]string{"one": "<a>", "other": "b"}}
	b, err := x.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var y Text
	if err := y.UnmarshalJSON(b); err != nil || !y.Same(x) || y.Print() != x.Print() || y.Same(Text{One: "b"}) {
		t.Error(y, err)
	}
}
