package dossier

// This file changes one fact of a profile for another capability: how somebody is reached, and where they live. Everything
// else stays, the earlier profile is kept, and the change is logged as any other.

import (
	"context"
	"encoding/json"
	"maps"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/privacy"
)

// SetReach writes how somebody can be reached without harm, and who told it: one of Sources.
func (s *Files) SetReach(ctx context.Context, tx *db.Tx, f File, r Reach, source string) error {
	return s.amend(ctx, tx, f, "reach", source, func(p *Profile) { p.Reach = r })
}

// SetLives writes in which place somebody lives. An address is no place.
func (s *Files) SetLives(ctx context.Context, tx *db.Tx, f File, place, source string) error {
	return s.amend(ctx, tx, f, "lives", source, func(p *Profile) { p.Lives = Place(place) })
}

// SetOwn writes what only the person decides.
func (s *Files) SetOwn(ctx context.Context, tx *db.Tx, f File, o Own) error {
	now, err := s.read(ctx, tx, f.who, f.grant)
	if err != nil {
		return err
	}
	p := now.profile
	p.Called, p.Wish = o.Called, o.Wish
	return save(ctx, tx, s.vault, now, p, now.version)
}

func (s *Files) amend(ctx context.Context, tx *db.Tx, f File, fact, source string, change func(p *Profile)) error {
	now, err := s.read(ctx, tx, f.who, f.grant)
	if err != nil {
		return err
	}
	p := now.profile
	p.Origins = maps.Clone(p.Origins)
	change(&p)
	if p.Origins == nil {
		p.Origins = map[string]Origin{}
	}
	delete(p.Origins, fact)
	if p.known(fact) {
		p.Origins[fact] = Origin{Source: source, On: clock.Today(tx.Now)}
	}
	return save(ctx, tx, s.vault, now, p, now.version)
}

// TakeAddress takes the address out of a profile, and out of every earlier one, and gives it to who keeps it apart. Only
// the place stays. It is for files from before addresses were kept apart; nothing is given when there is none.
func (s *Files) TakeAddress(ctx context.Context, tx *db.Tx, f File) (string, error) {
	now, err := s.read(ctx, tx, f.who, f.grant)
	if err != nil {
		return "", err
	}
	past, err := s.history(ctx, tx, now, 1<<30)
	if err != nil {
		return "", err
	}
	address := ""
	for _, x := range past {
		if !Addressed(x.Profile.Lives) {
			continue
		}
		if address == "" {
			address = x.Profile.Lives
		}
		x.Profile.Lives = Place(x.Profile.Lives)
		body, err := privacy.SealJSON(f.key, versionPlace(f.id, x.Version), x.Profile)
		if err != nil {
			return "", err
		}
		if _, err := db.Do(ctx, tx, db.F(`UPDATE dossier_version SET profile = ? WHERE person = ? AND version = ?`, body, f.id, x.Version)); err != nil {
			return "", err
		}
	}
	if Addressed(now.profile.Lives) {
		address = now.profile.Lives
		p := now.profile
		p.Lives = Place(p.Lives)
		if !p.known("lives") {
			p.Origins = maps.Clone(p.Origins)
			delete(p.Origins, "lives")
		}
		body, err := json.Marshal(p)
		if err != nil {
			return "", fault.Wrap(fault.Internal, "write a profile", err)
		}
		// In its place and without a version of its own: an earlier version would keep what was taken out.
		n, err := db.Do(ctx, tx, db.F(`UPDATE dossier_person SET profile = ?, version = version + 1, changed_at = ?, changed_by = ? WHERE id = ? AND version = ?`,
			f.key.Seal(profilePlace(f.id), body), tx.Now, f.who.ID, f.id, now.version))
		if err == nil && n != 1 {
			err = fault.New(fault.Conflict, "dossier.conflict")
		}
		if err != nil {
			return "", err
		}
	}
	return address, nil
}

// HoldsAddress says whether a profile or an earlier one still holds an address.
func (s *Files) HoldsAddress(ctx context.Context, f File) (bool, error) {
	if Addressed(f.profile.Lives) {
		return true, nil
	}
	past, err := s.history(ctx, s.db, f, 1<<30)
	for _, x := range past {
		if Addressed(x.Profile.Lives) {
			return true, err
		}
	}
	return false, err
}
