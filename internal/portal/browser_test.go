package portal

// This file plays the portal in a real browser: a telephone in Arabic, and the colleagues who answer.

import (
	"net/http"
	"path/filepath"
	"testing"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// served is the house with its style sheet, its menu and a page with the weather.
func served(t *testing.T, h house) string {
	t.Helper()
	h.Frame = func(v *web.Visit) error {
		f := ui.Frame{LangURL: v.URL("portal.languages"), HideURL: "/static/weer", Size: v.Cookie("maat")}
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
	mux.HandleFunc("GET /static/weer", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Weer</title><p>Morgen zon</p>"))
	})
	h.Static = mux
	return h.Server.URL
}

func TestOnAPhoneInArabic(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	h.As(h.amira).Get("/dossier/p-reem")
	h.Set(h.amira)
	h.Set(h.pieter)
	browsertest.Run(t, "phone.js", served(t, h))
}

// The stored pictures are made with REISGEZEL_LOOKS=write go test ./internal/portal -run LookAsTheyDid.
func TestThePagesOfATelephoneLookAsTheyDid(t *testing.T) {
	h := setup(t, dbtest.SQLite(t, lines))
	here, err := filepath.Abs("browser")
	if err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, "looks.js", served(t, h), "LOOKS="+here)
}
