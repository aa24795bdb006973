package ui

// This file tries the script of the pages in a real browser: what it adds, and that it never shows a fault as an answer.

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/a-h/templ"

	"reisgezel/internal/browsertest"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
	"reisgezel/internal/kernel/web/webtest"
)

// scriptForm is a page with all that the script looks for. How the draft is answered is chosen by the address.
func scriptForm(ctx context.Context, w io.Writer) error {
	v := web.From(ctx)
	draft := "/draft?how=" + v.Value("how")
	p := func(s string, a ...any) { _, _ = fmt.Fprintf(w, s, a...) }
	if v.Has("fault") {
		fs := fault.Fields{{Name: "name", Key: "ui.guide.fault"}}
		if err := Errors(fs).Render(ctx, w); err != nil {
			return err
		}
	}
	p(`<h1>Proef</h1><form method="post" action="/sent" data-draft="%s" data-offline="Niet bewaard">`, draft)
	for _, c := range []templ.Component{
		Once(),
		Field(F{Name: "name", Label: "Naam", Suggest: "/suggest?how=" + v.Value("how")}),
		Tiles(Group{Name: "topic", Label: "Onderwerp", Keys: true, Options: []Option{{Value: "1", Label: "Een", Icon: "house"}, {Value: "2", Label: "Twee", Icon: "scales"}}}),
		Submit("Opslaan"),
	} {
		if err := c.Render(ctx, w); err != nil {
			return err
		}
	}
	p(`<span role="status"><span data-say></span></span></form><div id="suggesties" aria-live="polite"></div>`)
	return Act("/other", "Iets anders", "linkbtn").Render(ctx, w)
}

func TestTheScriptInABrowser(t *testing.T) {
	route := func(method, path string, do func(v *web.Visit) error) web.Route {
		return web.Route{Name: "t." + method + path[1:], Method: method, Path: path, May: access.Rule{Action: "t.open"}, Do: do}
	}
	answer := func(kept string) func(v *web.Visit) error {
		return func(v *web.Visit) error {
			switch v.Value("how") {
			case "broken":
				return fault.New(fault.Unavailable, "")
			case "out":
				return v.GoTo("/plain")
			}
			return v.Text(200, kept+" "+v.Value("name"))
		}
	}
	page := func(v *web.Visit) error {
		return v.Page(templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			shell := Staff
			if v.Has("portal") {
				shell = Portal
			}
			return shell(Page{Title: "Proef"}).Render(templ.WithChildren(ctx, templ.ComponentFunc(scriptForm)), w)
		}))
	}
	said := func(what string) func(v *web.Visit) error {
		return func(v *web.Visit) error {
			return v.Page(templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
				return Plain(Page{Title: what}).Render(templ.WithChildren(ctx, templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
					_, err := io.WriteString(w, "<h1>"+what+"</h1>")
					return err
				})), w)
			}))
		}
	}
	h := webtest.New(t, dbtest.SQLite(t, lines), []lang.Part{{Name: "ui", FS: Texts}}, append(Routes(),
		route("GET", "/form", page), route("POST", "/draft", answer("Bewaard:")), route("POST", "/suggest", answer("<p>Lijkt op</p>")),
		route("POST", "/sent", said("Verstuurd")), route("POST", "/other", said("Anders")), route("GET", "/away", said("Weg")),
		route("GET", "/record", said("Vastleggen")), route("GET", "/plain", said("Inloggen")))...)
	h.Site.Fault = func(v *web.Visit, f *fault.Fault) templ.Component { return FaultPage(v, f) }
	h.Frame = func(v *web.Visit) error {
		v.SetCtx(WithFrame(v.Ctx(), Frame{HomeURL: "/form", SearchURL: "/form", RecordURL: "/record", Initials: "AH", Me: "Amira Haddad", HideURL: "/away"}))
		return nil
	}
	h.Set(amira)
	mux := http.NewServeMux()
	mux.Handle("/static/", Static())
	mux.Handle("/", h.Site)
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)

	browsertest.Run(t, "script.js", srv.URL)
}
