package portal

// This file holds the doors of the reading copy. What is kept, sealed and forgotten on the telephone is the work of its script,
// copy.js of the ui; this side gives the words, says until when, and whether a copy was ended.

import (
	"fmt"
	"strings"
	"time"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// LendCopy hands over the parts of a reading copy. The app calls it once.
func (p *Portal) LendCopy(parts ...dossier.Excerpt) { p.onPhone = parts }

type copyPage struct {
	Copies []copyOf
	Here   string // the one on this telephone
	Now    time.Time
}

// hasCopy is the copy of this telephone, when it has one that may be read.
func (p *Portal) hasCopy(v *web.Visit) (copyOf, error) {
	cookie := v.Cookie(copyCookie)
	if cookie == "" {
		return copyOf{}, nil
	}
	c, err := p.copyBy(v.Ctx(), p.db, cookie)
	if err != nil || !c.live(v.Now) {
		return copyOf{}, err
	}
	return c, nil
}

// Forget is called for every page: a telephone whose copy was ended elsewhere is told to forget it with whatever it asks for next.
func (p *Portal) Forget(v *web.Visit) error {
	if v.Cookie(copyCookie) == "" {
		return nil
	}
	c, err := p.hasCopy(v)
	if err == nil && c.ID == "" {
		forget(v)
	}
	return err
}

func forget(v *web.Visit) {
	v.Header().Set("Clear-Site-Data", `"storage"`)
	v.SetCookie(copyCookie, "", 0)
}

func (p *Portal) copyPage(v *web.Visit) error {
	here, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	cs, err := copies(v.Ctx(), p.db, v.Actor.ID, v.Now)
	if err != nil {
		return err
	}
	return v.Page(pageCopy(copyPage{Copies: cs, Here: here.ID, Now: v.Now}))
}

// copyParts are the words of a copy: where one stands, what comes, and whom one calls.
func (p *Portal) copyParts(v *web.Visit, f dossier.File) ([]copyPart, error) {
	ctx := v.Ctx()
	var out []copyPart
	for _, e := range p.onPhone {
		facts, err := e.Lines(v, f)
		if err != nil {
			return nil, fmt.Errorf("the part %s of a reading copy: %w", e.Name, err)
		}
		part := copyPart{Title: lang.T(ctx, "portal.copy.part."+e.Name)}
		for _, x := range facts {
			part.Lines = append(part.Lines, factLine(x))
		}
		if len(part.Lines) == 0 {
			part.Lines = []string{lang.T(ctx, "portal.copy.nothing")}
		}
		out = append(out, part)
	}
	numbers := copyPart{Title: lang.T(ctx, "portal.copy.part.numbers")}
	ids, err := p.files.Helpers(ctx, p.db, f.ID(), v.Now)
	if err != nil {
		return nil, err
	}
	names, err := p.org.Colleagues(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if c := names[id]; c.Active && c.Phone != "" {
			numbers.Lines = append(numbers.Lines, c.Called+" "+lang.Isolated(c.Phone))
		}
	}
	if l, err := p.org.Location(ctx, f.Location()); err == nil && !l.Closed && l.Phone != "" {
		numbers.Lines = append(numbers.Lines, l.Name+" "+lang.Isolated(l.Phone))
	}
	numbers.Lines = append(numbers.Lines, lang.Isolated("112"))
	made := copyPart{Title: lang.T(ctx, "portal.copy.made", "when", lang.Day(ctx, clock.Today(v.Now))+" "+lang.Time(ctx, v.Now)), Lines: []string{lang.T(ctx, "portal.copy.changes")}}
	return append(append([]copyPart{made}, out...), numbers), nil
}

func factLine(x ui.FactP) string {
	s := x.Label
	for _, more := range []string{x.Value, x.Small} {
		if more != "" {
			s += " · " + more
		}
	}
	return s
}

// makeCopy gives a copy to this telephone, with the PIN: who picks up an open telephone must not take one along.
func (p *Portal) makeCopy(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	var fs fault.Fields
	if err := p.checkPIN(v, f, &fs); err != nil {
		return err
	}
	if len(fs) > 0 {
		return v.JSON(copyBody{Say: lang.T(v.Ctx(), fs[0].Key, fs[0].Args...)})
	}
	parts, err := p.copyParts(v, f)
	if err != nil {
		return err
	}
	var cookie string
	if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error {
		var c copyOf
		if c, cookie, err = p.putCopy(v.Ctx(), tx, f.ID(), device(v.R.UserAgent()), v.Session.ID, v.Cookie(copyCookie)); err != nil {
			return err
		}
		return f.Log(v.Ctx(), tx, "portal.event.copy", c.ID)
	}); err != nil {
		return err
	}
	v.SetCookie(copyCookie, cookie, CopyDays*24*time.Hour)
	return v.JSON(copyBody{Lasts: copyLasts, Parts: parts})
}

// renewCopy gives the words anew to a telephone that has a copy, while its owner is signed in there.
func (p *Portal) renewCopy(v *web.Visit) error {
	c, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	if c.Person != v.Actor.ID { // it was ended, or the telephone is now in the hands of somebody else with a card
		if v.Cookie(copyCookie) != "" {
			if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error { return endCopy(v.Ctx(), tx, c.Person, c.ID) }); err != nil {
				return err
			}
			forget(v)
		}
		return v.JSON(copyBody{Gone: true})
	}
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	parts, err := p.copyParts(v, f)
	if err != nil {
		return err
	}
	if err := p.db.Tx(v.Ctx(), func(tx *db.Tx) error { return renewCopy(v.Ctx(), tx, c.ID, v.Session.ID) }); err != nil {
		return err
	}
	v.SetCookie(copyCookie, v.Cookie(copyCookie), CopyDays*24*time.Hour)
	return v.JSON(copyBody{Lasts: copyLasts, Parts: parts})
}

// endOneCopy ends a copy, here or on another telephone.
func (p *Portal) endOneCopy(v *web.Visit) error {
	f, err := p.files.OpenFor(v, v.Actor.ID, access.File)
	if err != nil {
		return err
	}
	here, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	id := v.Value("kopie")
	if here.ID != "" && id == here.ID {
		forget(v)
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		if err := endCopy(v.Ctx(), tx, f.ID(), id); err != nil {
			return "", err
		}
		return v.URL("portal.copy", "gezegd", "portal.said.nocopy"), f.Log(v.Ctx(), tx, "portal.event.nocopy", id)
	})
}

// asksCopy tells a telephone whether its copy was ended. It tells nothing else, to anybody.
func (p *Portal) asksCopy(v *web.Visit) error {
	c, err := p.hasCopy(v)
	if err != nil {
		return err
	}
	if c.ID == "" {
		forget(v)
		return v.Text(200, "weg")
	}
	return v.Text(200, "ja")
}

// readCopy is the page that stays on the telephone. Nothing of anybody is in it: the script opens the copy and shows it.
func (p *Portal) readCopy(v *web.Visit) error { return v.Page(pageRead()) }

// worker is the script that stands between the telephone and the house while there is a copy: a page that does not come because
// there is no network becomes the page that reads it. It keeps that page, its looks and its script, and nothing else.
func (p *Portal) worker(v *web.Visit) error {
	v.Header().Set("Service-Worker-Allowed", "/mijn")
	page := v.URL("portal.read")
	err := v.Static("text/javascript; charset=utf-8", []byte(strings.NewReplacer("PAGE", page, "CSS", ui.Asset("app.css"), "COPY", ui.Asset("copy.js"), "APP", ui.Asset("app.js")).Replace(workerScript)))
	v.Header().Set("Cache-Control", "no-store")
	return err
}

const workerScript = `const page = 'PAGE', files = ['CSS', 'COPY', 'APP'], name = files[0];
addEventListener('install', e => e.waitUntil((async () => {
  const c = await caches.open(name), tag = new URLSearchParams(location.search).get('taal') || 'nl';
  await c.addAll(files);
  await c.put(page, await fetch(page + '?taal=' + encodeURIComponent(tag), { credentials: 'omit' }));
  await skipWaiting();
})()));
addEventListener('activate', e => e.waitUntil((async () => { for (const k of await caches.keys()) if (k !== name) await caches.delete(k); })()));
addEventListener('fetch', e => {
  const r = e.request;
  if (r.mode === 'navigate' && r.method === 'GET') e.respondWith(fetch(r).catch(async () => await caches.match(page) || Response.error()));
  else if (files.includes(new URL(r.url).pathname)) e.respondWith(caches.match(r.url, { ignoreVary: true }).then(x => x || fetch(r)));
});
`
