package web

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// An address is what the standard library makes of its question, with what stands in the path left out of it.
func TestAnAddressIsWrittenAsTheStandardLibraryWritesIt(t *testing.T) {
	tab := &table{byName: map[string]address{"plain": addressOf("/lijst"), "filled": addressOf("/dossier/{person}/contact"), "both": addressOf("/dossier/{person}/{note}"), "end": addressOf("/{$}")}}
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]string {
			return [2]string{rapid.SampledFrom([]string{"van", "thema", "a b", "é", "", "z&"}).Draw(t, "name"), rapid.String().Draw(t, "value")}
		}), 0, 12).Draw(t, "pairs")
		want := url.Values{}
		var args []string
		for _, p := range pairs {
			want.Add(p[0], p[1])
			args = append(args, p[0], p[1])
		}
		person := rapid.StringMatching(`[^{}]{1,8}`).Draw(t, "person")
		at := rapid.IntRange(0, len(pairs)).Draw(t, "at") * 2
		filled := append(append(append([]string{}, args[:at]...), "person", person), args[at:]...)
		both := append(append(append([]string{}, args[:at]...), "note", "n/1", "person", person), args[at:]...)
		tail := ""
		if len(pairs) > 0 {
			tail = "?" + want.Encode()
		}
		for _, x := range []struct{ got, want string }{
			{tab.url("plain", args...), "/lijst" + tail},
			{tab.url("end", args...), "/" + tail},
			{tab.url("filled", filled...), "/dossier/" + url.PathEscape(person) + "/contact" + tail},
			{tab.url("both", both...), "/dossier/" + url.PathEscape(person) + "/n%2F1" + tail},
		} {
			if x.got != x.want {
				t.Fatalf("got  %s\nwant %s", x.got, x.want)
			}
		}
	})
	for _, wrong := range [][]string{{"nowhere"}, {"plain", "alone"}, {"filled", "other", "x"}, {"both", "person", "x", "person", "y"}} {
		func() {
			defer func() {
				if p, _ := recover().(string); !strings.HasPrefix(p, "web: ") {
					t.Errorf("%q did not panic", wrong)
				}
			}()
			tab.url(wrong[0], wrong[1:]...)
		}()
	}
}
