package browsertest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const good = `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Goed</title><link rel="stylesheet" href="/a.css"><link rel="icon" href="data:,"></head>
<body><main><h1>Goed</h1><p id="taal">%s</p><p id="koek">%s</p>
<form method="post" action="/post"><label for="n">Naam</label><input id="n" name="naam" value="oud"><label for="d">Dag</label><input id="d" type="date" name="dag">
<fieldset><legend>Kleur</legend><label><input type="radio" name="kleur" value="rood"> Rood</label><label><input type="radio" name="kleur" value="blauw"> Blauw</label></fieldset>
<label for="s">Maat</label><select id="s" name="maat"><option value="k">klein</option><option value="g">groot</option></select>
<button>Opslaan en  verder</button></form><p><a href="/bad">Naar de slechte</a></p><p id="js">zonder script</p><script src="/a.js"></script></main></body></html>`

const bad = `<!doctype html><html><head><meta charset="utf-8"><title></title><link rel="icon" href="data:,"></head><body><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><input name="x"><p class="faint">bijna niet te lezen</p><div class="wide">breed</div><link rel="stylesheet" href="/a.css"></body></html>`

func server(t *testing.T) string {
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, s string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'; img-src data:")
		_, _ = fmt.Fprint(w, s)
	}
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		cookie := "geen koekje"
		if c, err := r.Cookie("wie"); err == nil {
			cookie = "koekje " + c.Value
		}
		page(w, fmt.Sprintf(good, r.Header.Get("Accept-Language"), cookie))
	})
	mux.HandleFunc("GET /bad", func(w http.ResponseWriter, r *http.Request) { page(w, bad) })
	mux.HandleFunc("GET /a.css", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		_, _ = fmt.Fprint(w, "a,button{display:inline-block;padding:1rem}.faint{color:#ccc;background:#fff}.wide{width:3000px}@media(prefers-color-scheme:dark){body{background:#000;color:#fff}a{color:#9cf}}"+strings.Repeat("/* x */", 500))
	})
	mux.HandleFunc("GET /a.js", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = fmt.Fprint(w, "document.getElementById('js').textContent='met script'; document.addEventListener('keydown', e => { if (e.key === 'n' && !e.target.name) location = '/bad'; });")
	})
	mux.HandleFunc("POST /post", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "wie", Value: r.FormValue("naam"), Path: "/"})
		http.Redirect(w, r, "/?"+r.FormValue("kleur")+"-"+r.FormValue("maat")+"-"+r.FormValue("dag"), http.StatusSeeOther)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func TestAVisitorDoesWhatPeopleDo(t *testing.T) {
	at := server(t)
	b, phone := New(t, Options{}), New(t, Options{Width: 390, Height: 844, Lang: "ar", Dark: true, NoScript: true})
	b.Go(at + "/")
	b.See("nl")
	b.See("met script")
	b.Fill("naam", "Selam")
	b.Fill("dag", "2026-11-24")
	b.Choose("kleur", "blauw")
	b.Choose("maat", "g")
	b.Click("Opslaan en verder")
	if !strings.HasSuffix(b.URL(), "/?blauw-g-2026-11-24") {
		t.Errorf("the form went to %s", b.URL())
	}
	b.See("koekje")
	b.NotSee("geen koekje")

	phone.Go(at + "/")
	phone.See("geen koekje") // another visitor has other cookies
	phone.See("zonder script")
	phone.See("ar")
	phone.Fill("naam", "reem")
	phone.Press("Enter")
	phone.See("koekje reem")
	phone.Click("Naar de slechte")
	phone.See("bijna niet te lezen")
	var width int
	var dark bool
	if err := phone.Eval("innerWidth", &width); err != nil || width < 390 {
		t.Errorf("%d %v", width, err)
	}
	if err := phone.Eval("matchMedia('(prefers-color-scheme:dark)').matches", &dark); err != nil || !dark {
		t.Errorf("dark: %v %v", dark, err)
	}
	b.Click("#taal")
	b.Press("n")
	b.See("bijna niet te lezen")
	shot := filepath.Join(t.TempDir(), "a", "b.png")
	b.Shot(shot)
	if i, err := os.Stat(shot); err != nil || i.Size() < 1000 {
		t.Errorf("%v %v", i, err)
	}
}

func TestTheCheckerFindsPlantedFaults(t *testing.T) {
	at := server(t)
	b := New(t, Options{})
	b.Go(at + "/")
	if got := b.Axe(); len(got) != 0 {
		t.Errorf("a good page: %q", got)
	}
	b.Scroll()
	b = New(t, Options{NoScript: true})
	b.Go(at + "/bad")
	got := strings.Join(b.Axe(), "\n")
	for _, rule := range []string{"image-alt", "label", "color-contrast", "html-has-lang", "document-title", "landmark-one-main", "page-has-heading-one"} {
		if !strings.Contains(got, rule+" (") {
			t.Errorf("the planted fault %s was not found in\n%s", rule, got)
		}
	}
}

func TestWeightIsBytesOverTheLine(t *testing.T) {
	b := New(t, Options{})
	b.Go(server(t) + "/")
	w := b.Weight()
	if w.Cold < 5000 || w.Warm < 1000 || w.Cold-w.Warm < 3400 || w.ColdRequests != 3 || w.WarmRequests >= 3 {
		t.Errorf("%+v: the style sheet of 3.6 KB must be in the first and not in the second", w)
	}
}

// recorder is a test that may fail without failing this one.
type recorder struct {
	testing.TB
	said    []string
	cleanup []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}
func (r *recorder) Cleanup(f func()) { r.cleanup = append(r.cleanup, f) }

func (r *recorder) end() string {
	for i := len(r.cleanup) - 1; i >= 0; i-- {
		r.cleanup[i]()
	}
	return strings.Join(r.said, "\n")
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		if r.URL.Path == "/broken" {
			w.WriteHeader(500)
		}
		_, _ = fmt.Fprint(w, `<body style="color:red"><p>geheim</p><div><pre>`+strings.Repeat("x", 900)+`</pre></div></body>`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	r := &recorder{TB: t}
	b := New(r, Options{Width: 390, Height: 800})
	b.Go(s.URL + "/broken")
	b.NotSee("geheim")
	b.Scroll()
	said := r.end()
	for _, want := range []string{"answered 500", "Content Security Policy", `"geheim" stands on`, "scrolled sideways"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q was not said in\n%s", want, said)
		}
	}
}
