package translation

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"reisgezel/internal/kernel/lang"
)

func write(t testing.TB, kind, tag string, us []Unit) []byte {
	t.Helper()
	var b bytes.Buffer
	err := WriteXLIFF(&b, tag, us)
	if kind == InPO {
		b.Reset()
		err = WritePO(&b, tag, us)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func nowhere(string) []string { return []string{"/mijn"} }

// What goes out comes back as it was, whatever is in it.
func TestAFileComesBackAsItWentOut(t *testing.T) {
	c := some(t)
	r := rand.New(rand.NewPCG(1, 2))
	signs := []rune("abc XYZ\"'\\&;#%…’éßأهلًاሰላምمی\u200cآидї{}|\n\t[]`~")
	random := func(holes []string) string {
		var b strings.Builder
		for _, h := range append(holes, "") {
			for range 1 + r.IntN(12) {
				b.WriteRune(signs[r.IntN(len(signs))])
			}
			b.WriteString(h)
		}
		return "x" + strings.NewReplacer("{", "(", "}", ")").Replace(b.String()) + "x"
	}
	for round := range 300 {
		for _, l := range lang.All[1:] {
			var us []Unit
			want := map[string]lang.Text{}
			for _, u := range Units(c, l.Tag, c.Keys("nl"), nowhere) {
				u.Text = lang.Text{One: random(u.Dutch.Holes())}
				if u.Dutch.Plural() {
					u.Text = lang.Text{Forms: map[string]string{}}
					for _, f := range lang.Counted(l.Tag) {
						u.Text.Forms[f] = random(u.Dutch.Holes())
					}
				}
				want[u.Key] = Tidy(l.Tag, u.Text)
				us = append(us, u)
			}
			for _, kind := range Kinds {
				raw := write(t, kind, l.Tag, us)
				via, got, faults := ReadFile(raw, l.Tag)
				if via != kind || len(faults) > 0 || len(got) != len(want) {
					t.Fatalf("round %d, %s, %s as %s: %d of %d, %v\n%s", round, kind, l.Tag, via, len(got), len(want), faults, raw)
				}
				for _, g := range got {
					if text := Tidy(l.Tag, g.Text); !text.Same(want[g.Key]) || g.Of != c.Source(g.Key) {
						t.Fatalf("%s %s %s:\n%q\n%q\n%s", kind, l.Tag, g.Key, text, want[g.Key], raw)
					}
				}
			}
		}
		if round > 20 && testing.Short() {
			break
		}
	}
}

func TestWhatIsThereComesBackAsTheSame(t *testing.T) {
	c := some(t)
	for _, kind := range Kinds {
		_, got, faults := ReadFile(write(t, kind, "so", Units(c, "so", c.Keys("nl"), nowhere)), "so")
		if j := Judge(c, "so", got, faults); len(j.Good) != 0 || j.Same != 4 || len(j.Faults) != 0 {
			t.Errorf("%s: %+v", kind, j)
		}
		_, got, faults = ReadFile(write(t, kind, "ti", Units(c, "ti", c.Keys("nl"), nowhere)), "ti")
		if len(got) != 0 || len(faults) != 0 {
			t.Errorf("%s: what is not translated says something: %v %v", kind, got, faults)
		}
	}
}

func say(j Judged) string {
	var out []string
	for _, g := range j.Good {
		out = append(out, fmt.Sprintf("%d:%s", g.Line, g.Key))
	}
	out = append(out, "|")
	for _, f := range j.Faults {
		out = append(out, fmt.Sprintf("%d:%s", f.Line, f.Fault))
	}
	return strings.Join(out, " ")
}

func TestABadFileLosesNothingThatIsGood(t *testing.T) {
	c := some(t)
	a, b, n := "t.a|"+c.Source("t.a"), "t.b|"+c.Source("t.b"), "t.n|"+c.Source("t.n")
	unit := func(id, target string) string {
		return `<trans-unit id="` + id + `"><source>x</source><target>` + target + "</target></trans-unit>\n"
	}
	xliff := func(units ...string) string {
		return "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\"><file target-language=\"tr\"><body>\n" + strings.Join(units, "") + "</body></file></xliff>"
	}
	po := func(id, str string) string { return "\nmsgctxt \"" + id + "\"\nmsgid \"x\"\nmsgstr " + str + "\n" }
	for _, x := range []struct{ name, raw, want string }{
		{"both good", xliff(unit(a, "Selam"), unit(b, "{name} {day}")), "3:t.a 4:t.b |"},
		{"a placeholder is lost", xliff(unit(a, "Selam"), unit(b, "{name}")), "3:t.a | 4:lost"},
		{"markup", xliff(unit(a, "<g id='1'>Selam</g>"), unit(b, "{name} {day}")), "4:t.b | 3:markup"},
		{"markup as words", xliff(unit(a, "&lt;b&gt;Selam"), unit(b, "{name} {day}")), "4:t.b | 3:markup"},
		{"breaks off", "<xliff><file><body>\n" + unit(a, "Selam") + "<trans-unit id=\"x\"><source>\n</target>", "2:t.a | 4:broken"},
		{"an entity of its own", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n<xliff><file><body>\n" + unit(a, "&e;"), "| 3:broken"},
		{"no name of ours", xliff(unit("x", "Selam"), unit(a, "Selam")), "4:t.a | 3:name"},
		{"a text that is gone", xliff(unit("t.gone|00000000", "Selam")), "| 3:unknown"},
		{"twice", xliff(unit(a, "Selam"), unit(a, "Merhaba")), "3:t.a | 4:twice"},
		{"another language", strings.Replace(xliff(unit(a, "Selam")), `"tr"`, `"de"`, 1), "| 2:language"},
		{"a plural", xliff(unit(n+"|one", "{n} {name}"), unit(n+"|other", "{n} {name}")), "3:t.n |"},
		{"a form is missing", xliff(unit(n+"|one", "{n} {name}")), "| 3:form"},
		{"no XLIFF", "<html></html>", "| 1:not_xliff"},
		{"made from an older Dutch text", xliff(unit("t.a|00000000", "Selam")), "3:t.a |"},

		{"PO", "msgid \"\"\nmsgstr \"Language: tr\\n\"\n" + po(a, `"Selam"`) + po(b, `"{name} " "{day}"`), "4:t.a | 10:quotes"},
		{"PO in pieces", po(b, "\"{name} \"\n\"{day}\""), "2:t.b |"},
		{"PO with a bad escape", po(a, `"\q"`) + po(b, `"{name} {day}"`), "6:t.b | 4:quotes"},
		{"PO not sure", "#, fuzzy" + po(a, `"Selam"`) + po(b, `"{name} {day}"`), "6:t.b | 2:fuzzy"},
		{"PO with another word", "hello \"x\"\n" + po(a, `"Selam"`), "3:t.a | 1:word"},
		{"PO in another language", "msgid \"\"\nmsgstr \"Language: de\\n\"\n" + po(a, `"Selam"`), "| 1:language"},
		{"PO without a name", "msgid \"\"\nmsgstr \"\"\n\nmsgid \"x\"\nmsgstr \"y\"\n", "| 4:name"},
		{"PO with a form too many", "msgctxt \"" + n + "\"\nmsgid \"x\"\nmsgid_plural \"y\"\nmsgstr[0] \"{n} {name}\"\nmsgstr[2] \"z\"\n", "| 5:form"},
		{"PO plural", "msgctxt \"" + n + "\"\nmsgid \"x\"\nmsgid_plural \"y\"\nmsgstr[0] \"{n} {name}\"\nmsgstr[1] \"{n} {name}\"\n", "1:t.n |"},
		{"nothing", "", "| 1:not_po"},
	} {
		_, got, faults := ReadFile([]byte(x.raw), "tr")
		if s := strings.TrimSpace(say(Judge(c, "tr", got, faults))); s != x.want {
			t.Errorf("%s: %q, want %q", x.name, s, x.want)
		}
	}
}

// fuzzed reads anything: it never fails, and whatever it keeps is right.
func fuzzed(f *testing.F, read func([]byte, string) ([]Got, []LineFault)) {
	c := some(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, tag := range []string{"ar", "so"} {
			got, faults := read(raw, tag)
			lines := bytes.Count(raw, []byte("\n")) + 2
			for _, x := range faults {
				if x.Line < 1 || x.Line > lines {
					t.Fatalf("a fault at line %d of %d", x.Line, lines)
				}
			}
			for _, g := range Judge(c, tag, got, faults).Good {
				if bad := Check(c, tag, g.Key, g.Text); len(bad) > 0 {
					t.Fatalf("%v was kept: %v", g, bad)
				}
			}
		}
	})
}

func FuzzReadXLIFF(f *testing.F) {
	c := some(f)
	f.Add(write(f, InXLIFF, "so", Units(c, "so", c.Keys("nl"), nowhere)))
	f.Add([]byte(`<xliff><file><body><trans-unit id="t.a|` + c.Source("t.a") + `"><target>x</target>`))
	fuzzed(f, ReadXLIFF)
}

func FuzzReadPO(f *testing.F) {
	c := some(f)
	f.Add(write(f, InPO, "so", Units(c, "so", c.Keys("nl"), nowhere)))
	f.Add([]byte("msgctxt \"t.a|" + c.Source("t.a") + "\"\nmsgstr[0] \"x\"\n\"\n#, fuzzy\nmsgid"))
	fuzzed(f, ReadPO)
}
