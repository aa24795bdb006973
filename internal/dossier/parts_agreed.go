package dossier

// This file opens a file for a colleague who holds no grant on it, because the person agreed to that for one purpose.

import (
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// OpenAgreed opens a file for a colleague on a consent: may asks, in the same transaction in which the look is written, whether it
// holds now; a fault of it is the answer. The file is opened at the least level: who uses it shows what was agreed to and no more.
func (s *Files) OpenAgreed(v *web.Visit, person, event, object string, may func(tx *db.Tx, f File) error) (File, error) {
	if v.Actor.Kind != access.Staff {
		return File{}, fault.Gone()
	}
	var f File
	err := s.db.Tx(v.Ctx(), func(tx *db.Tx) (err error) {
		if f, err = s.read(v.Ctx(), tx, v.Actor, access.Grant{Subject: person, Holder: "user:" + v.Actor.ID, Why: access.Consent, Level: access.Note}); err != nil {
			return err
		}
		if err := may(tx, f); err != nil {
			return err
		}
		return f.Log(v.Ctx(), tx, event, object)
	})
	if err != nil {
		return File{}, err
	}
	*f.seen = true
	return f, nil
}
