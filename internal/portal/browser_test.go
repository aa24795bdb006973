package portal

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// served is the house with its style sheet, its menu and a page with the weather.
func served(t *testing.T, h house) string {
	t.Helper()
	h.Frame = func(v *web.Visit) error {
		f := ui.Frame{LangURL: v.URL("portal.languages"), HideURL: "/weer", Size: v.Cookie("maat")}
		if v.Actor.Kind == access.IsSelf {
			f.HomeURL = v.URL("portal.home")
			for _, r := range []struct{ route, icon string }{{"portal.home", "house"}, {"portal.appointments", "calendar-blank"}, {"portal.looks", "shield-check"}, {"portal.facts", "user-circle"}, {"portal.settings", "globe"}} {
				f.Tabbar = append(f.Tabbar, ui.NavItem{Key: r.route, Label: r.icon, Icon: r.icon, URL: v.URL(r.route)})
			}
		}
		v.SetCtx(ui.WithFrame(v.Ctx(), f))
		return nil
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", ui.Static())
	mux.HandleFunc("GET /weer", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Weer</title><p>Morgen zon</p>"))
	})
	mux.Handle("/", h.Site)
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func fair(t *testing.T, b *browsertest.Browser, what string) {
	t.Helper()
	for _, f := range b.Axe() {
		t.Errorf("%s: %s", what, f)
	}
	b.Scroll()
}

func TestOnAPhoneInArabic(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	h.As(h.amira).Get("/dossier/p-reem")
	at := served(t, h)
	b := browsertest.New(t, browsertest.Options{Width: 390, Height: 844, Lang: "de"})
	b.Go(at + "/taal")
	fair(t, b, "languages")
	if w := b.Weight(); w.Cold > 30<<10 || w.Warm > 10<<10 {
		t.Errorf("the choice of a language weighs %+v", w)
	}
	b.Click("العربية")
	b.See("تسجيل الدخول")
	fair(t, b, "the code")
	b.Fill("code", "reem 3479")
	b.Click("متابعة")
	b.See("هل هذه أول مرة؟")
	fair(t, b, "the PIN")
	b.Fill("nieuw", "١٢٣٤")
	b.Fill("pin2", "١٢٣٤")
	b.Click("اختيار الرمز")
	b.See("يُرجى اختيار رمز أصعب على التخمين")
	fair(t, b, "a PIN that is too easy")
	var focus string
	if err := b.Eval("document.activeElement.id", &focus); err != nil || focus != "fouten" {
		t.Errorf("what is wrong is not read first: the focus is on %q (%v)", focus, err)
	}
	b.Fill("nieuw", "٤٨١٥")
	b.Fill("pin2", "4815")
	b.Click("اختيار الرمز")
	b.See("أهلًا Reem")
	b.See("Amira")
	b.NotSee("Selam")
	if w := b.Weight(); w.Cold > 30<<10 || w.Warm > 10<<10 || w.WarmRequests != 1 {
		t.Errorf("the first page weighs %+v", w)
	}
	var dir, title string
	if err := b.Eval("document.documentElement.dir", &dir); err != nil || dir != "rtl" {
		t.Errorf("direction %q %v", dir, err)
	}
	if err := b.Eval("document.title", &title); err != nil || title != "Reisgezel" {
		t.Errorf("the title tells %q %v", title, err)
	}
	b.Click("عرض الكل")
	b.See("السؤال عن السبب")
	b.Click("السؤال عن السبب")
	b.See("تم السؤال، لا جواب بعد")
	b.Go(at + "/mijn/gegevens")
	b.Click("[href$='wat=vnumber']")
	b.See("282 001 1427")
	b.Click("إرسال")
	b.See("يُرجى كتابة ما هو غير صحيح")
	fair(t, b, "a report without words")
	b.Fill("text", "الرقم خطأ")
	b.Click("إرسال")
	b.See("الرقم خطأ")
	b.See("لم تتم المراجعة بعد")
	b.Go(at + "/mijn/instellingen")
	b.Click("130%")
	b.Scroll()
	for range 3 {
		b.Press("Escape")
	}
	b.See("Morgen zon")
	if n := strings.Count(b.URL(), "/mijn"); n != 0 {
		t.Error("she is still there")
	}
}

// Every page of the portal, and what colleagues see of it, is for everybody: narrow and wide, by light and by dark, in both
// directions.
func TestEveryPageIsForEverybody(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	h.present()
	h.As(h.ria).Get("/dossier/p-selam")
	at := served(t, h)
	choose(h.Guest(), selamCard, pin)
	for i, o := range []browsertest.Options{{Width: 390, Height: 844}, {Width: 320, Height: 700, Dark: true, NoScript: true}, {Dark: true}} {
		b := browsertest.New(t, o)
		b.Go(at + "/mijn/inloggen?taal=nl")
		b.Fill("code", selamCard)
		b.Click("Verder")
		b.Fill("pin", pin)
		b.Press("Enter")
		b.See("Dag Selam")
		if i == 0 {
			b.Go(at + "/mijn/inzage")
			b.Click("Vraag waarom")
			b.Go(at + "/mijn/gegevens/klopt-niet?wat=phone")
			b.Fill("text", "Dit is mijn oude nummer.")
			b.Click("Versturen")
		}
		for _, tag := range []string{"nl", "ar"} {
			for _, p := range append(own(), "/taal") {
				b.Go(at + p + "?taal=" + tag)
				fair(t, b, p+" in "+tag)
				if testing.Short() {
					return
				}
			}
		}
	}
}

// What colleagues see of it is for everybody too.
func TestPagesOfColleaguesAreForEverybody(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	h.present()
	h.As(h.ria).Get("/dossier/p-selam")
	v := h.in(selamCard)
	v.Post("/mijn/gegevens/klopt-niet", webtest.Form("wat", "phone", "text", "Dit is mijn oude nummer."))
	v.Post("/mijn/inzage", webtest.Form("look", LookKey(clock.Today(h.d.Now()), "u-ria", "presence")))
	ids, err := db.Many[string](t.Context(), h.d, db.F(`SELECT id FROM portal_word ORDER BY kind`))
	if err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	at := served(t, h)
	for _, who := range []struct {
		a    access.Actor
		path string
		say  string
	}{{h.amira, "/dossier/p-selam/portaal", "Toegang tot de eigen pagina"}, {h.amira, "/melding/" + ids[0], "Dit is mijn oude nummer."}, {h.pieter, "/melding/" + ids[1], "Waarom keek Ria de Boer"}} {
		h.Set(who.a)
		for _, width := range []int{1280, 390} {
			b := browsertest.New(t, browsertest.Options{Width: width})
			b.Go(at + "/webtest")
			if err := b.Eval(`fetch('/webtest/`+who.a.ID+`', {method: 'POST', redirect: 'manual'}).then(() => 1)`, nil); err != nil {
				t.Fatal(err)
			}
			b.Go(at + who.path)
			b.See(who.say)
			fair(t, b, who.path)
		}
	}
}
