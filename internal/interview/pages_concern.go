package interview

// This file holds points of concern. What becomes a signal goes on to the form of those.

import (
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

type concernPage struct {
	O      opened
	Title  string
	In     ConcernInput
	Errors fault.Fields
}

// toConcern says whether a point of concern can be written: by whoever writes, unless nothing ever happened.
func toConcern(o opened) bool { return o.Writes && o.I.State != Cancelled }

func (x *Interviews) concernForm(v *web.Visit) error {
	o, err := x.lookFor(v, toConcern)
	if err != nil {
		return err
	}
	return v.Page(pageConcern(concernPage{O: o, Title: titleOf(v.Ctx(), o.I)}))
}

func (x *Interviews) saveConcern(v *web.Visit) error {
	o, err := x.open(v, toConcern)
	if err != nil {
		return err
	}
	p := concernPage{O: o, Title: titleOf(v.Ctx(), o.I), In: ConcernInput{Kind: v.Value("kind"), Weight: v.Value("weight"), Words: v.Value("words")}}
	if p.Errors = p.In.Check(); len(p.Errors) > 0 {
		return v.Invalid(pageConcern(p))
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		return o.back(v, "interview.said.concerned"), addConcern(v.Ctx(), tx, o.File, o.I.ID, p.In)
	})
}

// removeOne takes a point of concern back, or puts it back.
func (x *Interviews) removeOne(v *web.Visit) error {
	o, err := x.open(v, toWrite)
	if err != nil {
		return err
	}
	undo := v.Value("undo") != ""
	said := "interview.said.taken"
	if undo {
		said = "interview.said.back"
	}
	return v.Write(func(tx *db.Tx) (string, error) {
		c, err := concern(v.Ctx(), tx, o.File, o.I.ID, v.Param("concern"))
		if err != nil {
			return "", err
		}
		return o.back(v, said), removeConcern(v.Ctx(), tx, o.File, c, undo)
	})
}
