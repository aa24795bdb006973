package care

// This file holds the forms of a need, of a child's school, and of the way to a doctor.

import (
	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

type needPage struct {
	File   dossier.File
	In     NeedInput
	Errors fault.Fields
}

func (c *Care) needNew(v *web.Visit) error {
	f, err := c.lookToKeep(v)
	if err != nil {
		return err
	}
	return v.Page(pageNeed(needPage{File: f}))
}

func (c *Care) needAdd(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	in := NeedInput{Code: v.Value("code"), Note: v.Value("note"), Told: v.Value("told"), Consent: v.Value("consent"), Review: v.Value("review"), Words: v.Value("words")}
	t, review, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return v.Invalid(pageNeed(needPage{File: f, In: in, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.need"), addNeed(v.Ctx(), tx, f, t, review, in.Words)
	})
}

func (c *Care) needRemove(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	undo := v.Has("undo")
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", said(undo)), removeNeed(v.Ctx(), tx, f, v.Param("need"), undo)
	})
}

func (c *Care) needReview(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.review"), reviewNeed(v.Ctx(), tx, f, v.Param("need"))
	})
}

type schoolPage struct {
	File   dossier.File
	In     SchoolInput
	Errors fault.Fields
}

// child is how it stands with one child of this person; none for an empty id, and for one that is not there.
func (c *Care) child(v *web.Visit, f dossier.File, id string) (School, error) {
	ss, err := schools(v.Ctx(), c.db, f.Key(), f.ID())
	if err != nil {
		return School{}, err
	}
	for _, s := range Children(ss) {
		if s.Child == id {
			return s, nil
		}
	}
	return School{}, fault.Gone()
}

func (c *Care) schoolNew(v *web.Visit) error {
	f, err := c.lookToKeep(v)
	if err != nil {
		return err
	}
	p := schoolPage{File: f}
	if id := v.Value("kind"); id != "" {
		s, err := c.child(v, f, id)
		if err != nil {
			return err
		}
		p.In = SchoolInput{Child: id, Name: s.What.Name, Born: s.What.Born, State: s.State, Since: s.Since.String(), School: s.What.School, Level: s.What.Level, Transport: s.What.Transport, Note: s.What.Note}
	}
	return v.Page(pageSchool(p))
}

func (c *Care) schoolAdd(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	in := SchoolInput{Child: v.Value("child"), Name: v.Value("name"), Born: v.Value("born"), State: v.Value("state"), Since: v.Value("since"), School: v.Value("school"),
		Level: v.Value("level"), Transport: v.Value("transport"), Note: v.Value("note")}
	if in.Child != "" {
		if _, err := c.child(v, f, in.Child); err != nil {
			return err
		}
	}
	t, since, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return v.Invalid(pageSchool(schoolPage{File: f, In: in, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.school"), addSchool(v.Ctx(), tx, f, in.Child, in.State, since, t)
	})
}

type doctorPage struct {
	File   dossier.File
	In     DoctorInput
	Errors fault.Fields
}

func (c *Care) doctorNew(v *web.Visit) error {
	f, err := c.lookToKeep(v)
	if err != nil {
		return err
	}
	p := doctorPage{File: f, In: DoctorInput{Kind: v.Value("soort")}}
	ds, err := doctors(v.Ctx(), c.db, f.Key(), f.ID())
	if err != nil {
		return err
	}
	if d, ok := Newest(ds)[p.In.Kind]; ok {
		p.In = DoctorInput{Kind: d.Kind, State: d.What.State, Since: d.What.Since.String(), By: d.What.By, Interpreter: d.What.Interpreter, Note: d.What.Note}
	}
	return v.Page(pageDoctor(p))
}

func (c *Care) doctorAdd(v *web.Visit) error {
	f, err := c.keep(v)
	if err != nil {
		return err
	}
	in := DoctorInput{Kind: v.Value("kind"), State: v.Value("state"), Since: v.Value("since"), By: v.Value("by"), Interpreter: v.Value("interpreter"), Note: v.Value("note")}
	t, fs := in.Check(clock.Today(v.Now))
	if len(fs) > 0 {
		return v.Invalid(pageDoctor(doctorPage{File: f, In: in, Errors: fs}))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("care.needs", "person", f.ID(), "gezegd", "care.said.doctor"), addDoctor(v.Ctx(), tx, f, in.Kind, t)
	})
}
