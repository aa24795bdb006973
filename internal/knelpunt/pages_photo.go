package knelpunt

// This file holds the doors of photographs, and how the structured forms are shown.

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// photoMost is the largest file that is read; photoRead somewhat more, so that the page can say at the field that it is too much.
const (
	photoMost = 12 << 20
	photoRead = 24 << 20
)

// Of who says no name less is read at once: a telephone makes photographs of two to six MB.
const (
	openPhotoMost = 8 << 20
	openPhotoRead = 10 << 20
)

// Picture writes a photograph anew, small and without anything of the camera; its faults stand at the field "file".
type Picture func(ctx context.Context, b []byte) ([]byte, error)

// LendPicture hands that over; the app calls it once.
func (k *Knelpunten) LendPicture(p Picture) { k.picture = p }

// photoAdd keeps a photograph of one's own draft. A bad file is refused at its field, and nothing else changes.
func (k *Knelpunten) photoAdd(v *web.Visit) error {
	d, err := k.ownDraft(v.Ctx(), v.Actor, v.Param("draft"))
	if err != nil {
		return err
	}
	b, err := k.readPhoto(v, photoMost)
	if f := fault.As(err); err != nil && f.Kind == fault.Invalid {
		p, err := k.repairPage(v, d)
		if err != nil {
			return err
		}
		for _, x := range f.Fields {
			p.PhotoErrors = append(p.PhotoErrors, fault.Field{Name: "foto", Key: x.Key, Args: x.Args})
		}
		p.Errors = p.PhotoErrors
		return v.Invalid(pageRepair(p))
	}
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.repair", "draft", d.ID, "gezegd", "knelpunt.said.photo"), k.addPhoto(v.Ctx(), tx, d.ID, b)
	})
}

func (k *Knelpunten) readPhoto(v *web.Visit, most int64) ([]byte, error) {
	refused := func(key string, args ...any) error {
		return fault.Fields{{Name: "foto", Key: key, Args: args}}.Err()
	}
	_, file, size, err := v.File("foto")
	if err != nil || size == 0 {
		return nil, refused("knelpunt.error.nophoto")
	}
	defer func() { _ = file.Close() }()
	b, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > most {
		return nil, refused("knelpunt.error.bigphoto", "n", int(most>>20))
	}
	if k.picture == nil {
		return nil, fault.New(fault.Unavailable, "knelpunt.error.nophoto")
	}
	return k.picture(v.Ctx(), b)
}

func (k *Knelpunten) photoDrop(v *web.Visit) error {
	d, err := k.ownDraft(v.Ctx(), v.Actor, v.Param("draft"))
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		_, err := db.Do(v.Ctx(), tx, db.F(`DELETE FROM knelpunt_photo WHERE id = ? AND draft = ?`, v.Param("photo"), d.ID))
		return v.URL("knelpunt.repair", "draft", d.ID, "gezegd", "knelpunt.said.photogone"), err
	})
}

// photo gives one photograph to who may see what it belongs to; every other one is not there.
func (k *Knelpunten) photo(v *web.Visit) error {
	p, err := db.First(photos(v.Ctx(), k.db, db.F(`id = ?`, v.Param("photo"))))
	if err != nil {
		return err
	}
	if p.Report != "" {
		if !mayDesk.Allows(v.Actor) {
			return fault.Gone()
		}
		if _, err := k.report(v.Ctx(), k.db, p.Report); err != nil {
			return err
		}
	} else if p.Signal == "" {
		teams, err := k.teams(v)
		if err != nil {
			return err
		}
		may := db.F(`raiser = ?`, k.raiser(v.Actor))
		if mayRelease.Allows(v.Actor) {
			may = may.Or(k.toRelease(v.Actor, teams))
		}
		if _, err := db.First(k.drafts(v.Ctx(), k.db, db.F(`id = ? AND (`, p.Draft).With(may).Then(`)`))); err != nil {
			return err
		}
	}
	b, err := k.photoBytes(v.Ctx(), k.db, p.ID)
	if err != nil {
		return err
	}
	return v.Download("foto.jpg", "image/jpeg", bytes.NewReader(b))
}

func photoURL(ctx context.Context) func(Photo) string {
	return func(p Photo) string { return web.URL(ctx, "knelpunt.photo", "photo", p.ID) }
}

func photoAddURL(ctx context.Context, draft string) string {
	return web.URL(ctx, "knelpunt.photo_add", "draft", draft)
}

func photoDropURL(ctx context.Context, draft string) func(Photo) string {
	return func(p Photo) string { return web.URL(ctx, "knelpunt.photo_drop", "draft", draft, "photo", p.ID) }
}

func photoAttrs(fs fault.Fields) templ.Attributes {
	a := templ.Attributes{"aria-describedby": "f-foto-h"}
	if ui.ErrAt(fs, "foto") != nil {
		a["aria-describedby"], a["aria-invalid"] = "f-foto-h f-foto-e", "true"
	}
	return a
}

// answers are the options of a question; for a colleague the norm stands beside what is lacking.
func answers(ctx context.Context, q Question, norms bool) []ui.Option {
	out := ui.Options(ctx, q.Key()+".", q.Of)
	for i := range out {
		if norms {
			out[i].Hint = q.Norm(out[i].Value)
		}
	}
	return out
}

// detailFacts are the answers in words, each with the norm it is held against.
func detailFacts(ctx context.Context, d Detail) []ui.FactP {
	var out []ui.FactP
	for _, q := range Questions(d.Form) {
		f := ui.FactP{Label: lang.T(ctx, q.Key())}
		var said, norm []string
		for _, a := range d.Said[q.Name] {
			said = append(said, lang.T(ctx, q.Key(a)))
			if n := q.Norm(a); n != "" {
				norm = append(norm, n)
			}
		}
		if len(said) == 0 {
			continue
		}
		f.Value, f.Small = lang.Dots(said...), lang.Dots(norm...)
		out = append(out, f)
	}
	return out
}

// formTabsOf are the forms to choose from, each with what the address said already.
func formTabsOf(v *web.Visit, p raisePage) []ui.TabP {
	out := []ui.TabP{{Label: lang.T(v.Ctx(), "knelpunt.form.none"), URL: v.URL("knelpunt.raise", "van", p.From), Current: p.In.Detail.Form == ""}}
	for _, f := range Forms {
		out = append(out, ui.TabP{Label: lang.T(v.Ctx(), "knelpunt.form."+f), URL: v.URL("knelpunt.raise", "van", p.From, "vorm", f), Current: p.In.Detail.Form == f})
	}
	return out
}
