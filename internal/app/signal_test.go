package app

// This file follows every way from a page about somebody to the form of a signal, in the whole house: what goes along is coarse, and
// nothing of the file stands in the address or in the form.

import (
	"bytes"
	"html"
	"image"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/knelpunt"
)

var signalLink = regexp.MustCompile(`href="(/signaal\?[^"]+)"`)

func TestTheWaysToASignal(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	amira, noor := browser(t, h, base, "u-amira"), browser(t, h, base, "u-noor")
	get := func(c *http.Client, path string, want int) string {
		t.Helper()
		code, body, _ := ask(t, c, base, http.MethodGet, path, nil)
		if code != want {
			t.Fatalf("%s: %d", path, code)
		}
		return html.UnescapeString(body)
	}
	post := func(c *http.Client, path string, form url.Values) string {
		t.Helper()
		code, body, to := ask(t, c, base, http.MethodPost, path, form)
		if code != 303 {
			t.Fatalf("%s: %d %.600s", path, code, body)
		}
		return to
	}
	post(amira, "/dossier/p-selam/alarm", url.Values{"held": {"detention"}, "note": {"Vlucht KL4711, zij belde vanuit de cel."}})
	complaint, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM feedback_complaint WHERE team = 't-utrecht' AND level <> 'lead' AND against <> 'u-noor' AND decided IS NULL ORDER BY id LIMIT 1`))
	if err != nil {
		t.Fatal(err)
	}
	coarse := map[string][]string{"thema": knelpunt.Choices("theme"), "instantie": knelpunt.Choices("institution"), "fase": knelpunt.Choices("phase"), "plek": knelpunt.Choices("place"), "ernst": knelpunt.Weights, "vorm": knelpunt.Forms}
	month := regexp.MustCompile(`^20\d\d-\d\d$`)
	for _, x := range []struct {
		what, path string
		who        *http.Client
		sealed     bool
		has        []string // of the address
	}{
		{"the file and its talks", "/dossier/p-selam", amira, true, nil},
		{"the form of a talk", "/dossier/p-selam/contact", amira, true, nil},
		{"an alarm", "/dossier/p-selam/alarm", amira, true, []string{"thema=detention", "fase=detention", "ernst=grave"}},
		{"the lawyers", "/dossier/p-selam/advocaat", amira, true, []string{"thema=lawyer"}},
		{"where somebody lives", "/dossier/p-selam/wonen", amira, true, []string{"thema=reception"}},
		{"a complaint", "/klachten/" + complaint, noor, false, []string{"instantie=us"}},
	} {
		page := get(x.who, x.path, 200)
		links := signalLink.FindAllStringSubmatch(page, -1)
		if x.what == "the form of a talk" {
			if !strings.Contains(page, `name="naar" value="signaal"`) {
				t.Errorf("%s offers no signal", x.what)
			}
			continue
		}
		if len(links) == 0 {
			t.Errorf("%s offers no signal", x.what)
			continue
		}
		found := len(x.has) == 0
		for _, l := range links {
			u, err := url.Parse(l[1])
			if err != nil {
				t.Fatal(err)
			}
			for k, vs := range u.Query() {
				if k == "van" || k == "maand" && month.MatchString(vs[0]) {
					continue
				}
				if !slices.Contains(coarse[k], vs[0]) {
					t.Errorf("%s: %s=%s goes along", x.what, k, vs[0])
				}
			}
			if x.sealed && u.Query().Get("van") == "" {
				t.Errorf("%s: the form would not know what to mask", x.what)
			}
			all := true
			for _, want := range x.has {
				all = all && strings.Contains(l[1], want)
			}
			found = found || all
		}
		if !found {
			t.Errorf("%s: no way with %v among %v", x.what, x.has, links)
		}
		form := get(x.who, links[len(links)-1][1], 200)
		_, form, _ = strings.Cut(form, "<main")
		for _, never := range []string{"Selam", "p-selam", "KL4711", "zij belde", "zestig mensen"} {
			if strings.Contains(links[len(links)-1][1], never) || strings.Contains(form, never) {
				t.Errorf("%s: %q is in the form", x.what, never)
			}
		}
		if x.sealed != strings.Contains(form, "Je komt uit een dossier") {
			t.Errorf("%s: what the file knows is masked: %v", x.what, !x.sealed)
		}
	}

	// From the note to the form in one press, and from the form to the alarm.
	to := post(amira, "/dossier/p-selam/contact", url.Values{"topic": {"family"}, "note": {"De ambassade gaf haar geen afspraak."}, "visible": {"team"}, "next": {"ready"}, "naar": {"signaal"}})
	if !strings.HasPrefix(to, "/signaal?") || !strings.Contains(to, "thema=family") || strings.Contains(to, "selam") || strings.Contains(to, "ambassade") {
		t.Errorf("after the note: %s", to)
	}
	form := get(amira, to, 200)
	urgent := regexp.MustCompile(`href="(/signaal/alarm\?[^"]+)"`).FindStringSubmatch(form)
	if urgent == nil {
		t.Fatal("no way to the alarm")
	}
	if code, _, at := ask(t, amira, base, http.MethodGet, urgent[1], nil); code != 303 || at != "/dossier/p-selam/alarm" {
		t.Errorf("to the alarm: %d %s", code, at)
	}
	if code, _, _ := ask(t, noor, base, http.MethodGet, urgent[1], nil); code != 404 {
		t.Errorf("another opens it: %d", code)
	}

	// A report about a place hears that it became a signal, and the signal holds nothing of it.
	living := get(amira, "/dossier/p-selam/wonen", 200)
	link := signalLink.FindStringSubmatch(living[strings.Index(living, "zestig mensen"):])
	u, _ := url.Parse(link[1])
	post(amira, "/signaal/geven", url.Values{"van": {u.Query().Get("van")}, "thema": {"reception"}, "instantie": {"coa"}, "plek": {"utrecht"}, "fase": {"asylum"}, "groep": {"er"}, "maand": {u.Query().Get("maand")}, "ernst": {"grave"}, "gezien": {"often"},
		"team": {"t-utrecht"}, "woorden": {"Te veel mensen op één zaal en het licht blijft aan."}})
	if living = get(amira, "/dossier/p-selam/wonen", 200); !strings.Contains(living, "signaal gemaakt") || strings.Contains(living, "wacht op een signaal") {
		t.Error("the report does not tell that it became a signal")
	}
	for what, f := range map[string]db.Frag{
		"the draft names the person": db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE id LIKE '%selam%' OR team LIKE '%selam%'`),
		"the draft names the report": db.F(`SELECT COUNT(*) FROM knelpunt_draft WHERE id LIKE '%rc-%'`),
		"a form key tells the draft": db.F(`SELECT COUNT(*) FROM web_once WHERE dest LIKE '%kd-%'`),
	} {
		if n, err := db.One[int](t.Context(), h.DB, f); err != nil || n != 0 {
			t.Errorf("%s: %d %v", what, n, err)
		}
	}

	// A photograph loses what the camera put in, and a file that is none is refused.
	draft, err := db.One[string](t.Context(), h.DB, db.F(`SELECT id FROM knelpunt_draft WHERE id NOT IN (SELECT COALESCE(draft, '') FROM knelpunt_photo) AND state = 'waiting' ORDER BY week DESC, id LIMIT 1`))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range regexp.MustCompile(`/signalen/mijn/(kd-[a-z0-9]+)`).FindAllStringSubmatch(get(amira, "/signalen/mijn", 200), -1) {
		draft = d[1]
	}
	send := func(b []byte) int {
		t.Helper()
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		_ = w.WriteField("_once", db.ID("once", h.DB.Now()))
		f, _ := w.CreateFormFile("foto", "foto.jpg")
		_, _ = f.Write(b)
		_ = w.Close()
		r, err := http.NewRequest(http.MethodPost, base+"/signalen/mijn/"+draft+"/foto", &body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", w.FormDataContentType())
		r.Header.Set("Origin", base)
		res, err := amira.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewGray(image.Rect(0, 0, 80, 60)), nil); err != nil {
		t.Fatal(err)
	}
	secret := []byte("Exif\x00\x00GPS 52.0907 N 5.1214 E, camera of Selam")
	withPlace := append(append([]byte{0xff, 0xd8, 0xff, 0xe1, byte((len(secret) + 2) >> 8), byte(len(secret) + 2)}, secret...), picture.Bytes()[2:]...)
	for what, b := range map[string][]byte{"a text": []byte("geen foto"), "a paper": []byte("%PDF-1.4 geen foto"), "half a photograph": withPlace[:len(withPlace)/2]} {
		if code := send(b); code != 422 {
			t.Errorf("%s: %d", what, code)
		}
	}
	if code := send(withPlace); code != 303 {
		t.Fatalf("a photograph: %d", code)
	}
	at := regexp.MustCompile(`src="(/signalen/foto/kf-[a-z0-9]+)"`).FindStringSubmatch(get(amira, "/signalen/mijn/"+draft, 200))
	if at == nil {
		t.Fatal("the photograph is not on the page")
	}
	code, got, _ := ask(t, amira, base, http.MethodGet, at[1], nil)
	if code != 200 || !strings.HasPrefix(got, "\xff\xd8\xff") {
		t.Fatalf("%d %.20q", code, got)
	}
	for _, never := range []string{"GPS", "Exif", "Selam"} {
		if strings.Contains(got, never) {
			t.Errorf("the photograph holds %q", never)
		}
	}
}

// TestARuleAndWhatPolicyChangedFindEachOther walks from a change of policy to the rules that it belongs to, and back.
func TestARuleAndWhatPolicyChangedFindEachOther(t *testing.T) {
	h, base := demoHouse(t, Settings{People: 20})
	noor := browser(t, h, base, "u-noor")
	shows := func(c *http.Client, path, what string, want bool) {
		t.Helper()
		if code, body, _ := ask(t, c, base, http.MethodGet, path, nil); code != http.StatusOK || strings.Contains(body, what) != want {
			t.Errorf("%s: %d, %q stands there is not %v", path, code, what, want)
		}
	}
	policy, err := db.One[string](t.Context(), h.DB, db.F(`SELECT policy FROM monitor_policy_link WHERE kind = 'rule' AND target = 'family_old'`))
	if err != nil {
		t.Fatal(err)
	}
	at, file := "/monitor/beleid/"+policy, "/regels/bestand/family_old"
	shows(noor, at, file, true)
	shows(noor, file, at, true)
	shows(noor, "/regels/bestand/asylum_pact", at, false)
	if code, _, _ := ask(t, noor, base, http.MethodPost, at+"/los", url.Values{"soort": {"rule"}, "wat": {"family_old"}}); code != http.StatusSeeOther {
		t.Fatalf("taking it off: %d", code)
	}
	shows(noor, file, at, false)
}
