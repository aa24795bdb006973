package translation

// This file holds the files that go out to a translator and come back.

import (
	"bytes"
	"cmp"
	"io"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/web"
)

// export is a file with the texts of a language in a state and of a capability.
func (t *Translation) export(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	ctx := v.Ctx()
	ws, err := t.waiting(ctx, l.Tag)
	if err != nil {
		return err
	}
	at, err := t.places(ctx, "")
	if err != nil {
		return err
	}
	where := func(key string) []string {
		var out []string
		for _, route := range at[key] {
			if r, ok := t.door(route); ok {
				out = append(out, r.Path)
			}
		}
		return out
	}
	units := Units(t.texts, l.Tag, t.sifted(l.Tag, v.Value("stand"), v.Value("deel"), waits(ws)), where)
	name := "reisgezel-" + l.Tag + "-" + clock.Today(v.Now).String()
	var b bytes.Buffer
	if v.Value("soort") == InPO {
		if err := WritePO(&b, l.Tag, units); err != nil {
			return err
		}
		return v.Download(name+".po", "text/x-gettext-translation; charset=utf-8", &b)
	}
	if err := WriteXLIFF(&b, l.Tag, units); err != nil {
		return err
	}
	return v.Download(name+".xlf", "application/x-xliff+xml", &b)
}

type importPage struct {
	Lang   lang.Lang
	Errors fault.Fields
}

func (t *Translation) importForm(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	return v.Page(pageImport(importPage{Lang: l}))
}

// nameMost is how much is kept of the name of a file.
const nameMost = 80

// taken reads a file that came back: what is good waits for a second reader, and of everything else is told what is wrong.
func (t *Translation) taken(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	p := importPage{Lang: l}
	name, f, size, err := v.File("bestand")
	if err != nil {
		p.Errors.Add("bestand", "translation.error.file")
		return v.Invalid(pageImport(p))
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostFile+1))
	if err != nil {
		return err
	}
	switch {
	case size > mostFile || len(raw) > mostFile:
		p.Errors.Add("bestand", "translation.error.large", "mb", mostFile>>20)
	case len(raw) == 0:
		p.Errors.Add("bestand", "translation.error.file")
	}
	if len(p.Errors) > 0 {
		return v.Invalid(pageImport(p))
	}
	via, got, faults := ReadFile(raw, l.Tag)
	j := Judge(t.texts, l.Tag, got, faults)
	if r := []rune(name); len(r) > nameMost {
		name = string(r[:nameMost])
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		id, err := t.take(v.Ctx(), tx, v.Actor, l.Tag, cmp.Or(name, "-"), via, j)
		return v.URL("translation.report", "tongue", l.Tag, "bundle", id), err
	})
}

// ReadFile reads a file of either kind, by what is in it and not by its name.
func ReadFile(raw []byte, tag string) (via string, got []Got, faults []LineFault) {
	if strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(string(raw[:min(len(raw), 512)]), "\ufeff")), "<") {
		got, faults = ReadXLIFF(raw, tag)
		return InXLIFF, got, faults
	}
	got, faults = ReadPO(raw, tag)
	return InPO, got, faults
}

type reportPage struct {
	Lang lang.Lang
	File File
}

func (t *Translation) report(v *web.Visit) error {
	l, err := tongue(v)
	if err != nil {
		return err
	}
	f, err := t.file(v.Ctx(), v.Param("bundle"))
	if err == nil && (f.Tag != l.Tag || f.MadeBy != v.Actor.ID) {
		err = fault.Gone()
	}
	if err != nil {
		return err
	}
	return v.Page(pageReport(reportPage{l, f}))
}
