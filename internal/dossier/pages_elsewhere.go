package dossier

// This file holds the small form that asks whether somebody is known elsewhere, for who searched and found nobody. It answers
// by the same question as the registration, with the same limit and the same log.

import (
	"slices"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

type elsewherePage struct {
	In     Input
	Errors fault.Fields
	Known  Known
	Asked  bool // the answer stands below
}

func (s *Files) elsewhereForm(v *web.Visit) error { return v.Page(pageElsewhere(elsewherePage{})) }

// elsewhere answers the form. Nothing of what was typed is kept, and nothing of it comes to stand in an address.
func (s *Files) elsewhere(v *web.Visit) error {
	in := ReadInput(v.Fields())
	in.BirthAsk = []string{"0"} // whether a first of January is certain is asked of who registers somebody
	p, fs := in.Check(clock.Today(v.Now))
	page := elsewherePage{In: in}
	page.Errors = slices.DeleteFunc(fs, func(f fault.Field) bool { return f.Key == "dossier.error.called" })
	if len(page.Errors) == 0 && !twoKinds(p) {
		page.Errors.Add("called", "dossier.elsewhere.two")
	}
	if len(page.Errors) > 0 {
		return v.Invalid(pageElsewhere(page))
	}
	var err error
	if page.Known, err = s.known(v.Ctx(), v.Actor, p, v.Now); err != nil {
		return err
	}
	page.Asked = true
	return v.Page(pageElsewhere(page))
}

// twoKinds says whether two identifiers were typed that may point at one person together: a name or a birth, and something beside it.
func twoKinds(p Profile) bool {
	name, birth, number := len(p.Parts()) > 0, len(p.Births) > 0, len(p.All("vnumber"))+len(p.All("znumber")) > 0
	return name && birth || number && (name || birth) || name && len(p.phones()) > 0
}
