package knelpunt

// This file holds what somebody who signalled hears: what was done at each turn, and opening what was closed too soon.

import (
	"strings"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

func (k *Knelpunten) heard(v *web.Visit) error {
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.mine"), k.hear(v.Ctx(), tx, v.Actor)
	})
}

// reopened opens a bottleneck again, by somebody who signalled it; for others it is not there.
func (k *Knelpunten) reopened(v *web.Visit) error {
	b, err := k.bottleneck(v.Ctx(), k.db, v.Param("bottleneck"))
	if err != nil {
		return err
	}
	ok, err := k.signalled(v.Ctx(), k.db, v.Actor, b.ID)
	if err != nil {
		return err
	}
	if !ok {
		return fault.Gone()
	}
	why := v.Value("waarom")
	var fs fault.Fields
	checkWords(&fs, "waarom", why, mostReason)
	if err := k.clean(&fs, map[string]string{"waarom": why}); err != nil {
		return err
	}
	if len(fs) > 0 {
		p, err := k.minePage(v)
		if err != nil {
			return err
		}
		p.Reopens, p.Why, p.Errors = b.ID, strings.TrimSpace(why), fs
		return v.Invalid(pageMine(p))
	}
	v.Nobody() // the key against sending twice does not tell who signalled
	return v.Write(func(tx *db.Tx) (string, error) {
		return v.URL("knelpunt.one", "bottleneck", b.ID, "gezegd", "knelpunt.said.reopened"), k.reopen(v.Ctx(), tx, b, why)
	})
}
