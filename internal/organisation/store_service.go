package organisation

// This file reads and writes the catalogue of services, local variants and the official lists.

import (
	"context"
	"strings"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

const serviceColumns = `SELECT id, name, about, place, closed, version FROM organisation_service`

// Services is the catalogue in its order, closed ones last.
func (s *Store) Services(ctx context.Context) ([]Service, error) {
	return db.Many[Service](ctx, s.db, db.F(serviceColumns).Then(`ORDER BY closed, place, name`))
}

// Service is one service.
func (s *Store) Service(ctx context.Context, id string) (Service, error) {
	return db.One[Service](ctx, s.db, db.F(serviceColumns).Then(`WHERE id = ?`, id))
}

// AddService adds a service at the end of the catalogue.
func AddService(ctx context.Context, tx *db.Tx, in ServiceInput, by string) (string, error) {
	last, err := db.One[int](ctx, tx, db.F(`SELECT COALESCE(MAX(place), 0) FROM organisation_service`))
	if err != nil {
		return "", err
	}
	id := db.ID("v", tx.Now)
	if _, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_service (id, name, about, place, closed, version) VALUES (?,?,?,?,?,1)`,
		id, in.Name, in.About, last+1, in.Closed)); err != nil {
		return "", err
	}
	return id, note(ctx, tx, by, "organisation.event.service", id)
}

// SaveService changes a service; somebody else's change since the version was read is a conflict.
func SaveService(ctx context.Context, tx *db.Tx, id string, in ServiceInput, by string) error {
	n, err := db.Do(ctx, tx, db.F(`UPDATE organisation_service SET name = ?, about = ?, closed = ?, version = version + 1 WHERE id = ? AND version = ?`,
		in.Name, in.About, in.Closed, id, in.Version))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	return note(ctx, tx, by, "organisation.event.service", id)
}

const variantColumns = `SELECT location, service, offered, remark, version FROM organisation_variant`

// Offers is the catalogue as one location gives it.
func (s *Store) Offers(ctx context.Context, location string) ([]Offer, error) {
	services, err := s.Services(ctx)
	if err != nil {
		return nil, err
	}
	vs, err := db.Many[Variant](ctx, s.db, db.F(variantColumns).Then(`WHERE location = ?`, location))
	if err != nil {
		return nil, err
	}
	by := map[string]Variant{}
	for _, v := range vs {
		by[v.Service] = v
	}
	var out []Offer
	for _, x := range services {
		if !x.Closed {
			out = append(out, Offer{Service: x, Variant: by[x.ID]})
		}
	}
	return out, nil
}

// Variants are all local differences of one service, or of all when id is empty.
func (s *Store) Variants(ctx context.Context, service string) ([]Variant, error) {
	f := db.F(variantColumns)
	if service != "" {
		f = f.Then(`WHERE service = ?`, service)
	}
	return db.Many[Variant](ctx, s.db, f.Then(`ORDER BY service, location`))
}

// PutVariant makes, changes or ends a difference. in.Version is 0 when there was none to be seen.
func PutVariant(ctx context.Context, tx *db.Tx, location, service string, in VariantInput, by string) error {
	var n int64
	var err error
	switch {
	case in.Like && in.Version == 0:
		return nil
	case in.Like:
		n, err = db.Do(ctx, tx, db.F(`DELETE FROM organisation_variant WHERE location = ? AND service = ? AND version = ?`, location, service, in.Version))
	case in.Version == 0:
		n, err = db.Do(ctx, tx, db.F(`INSERT INTO organisation_variant (location, service, offered, remark, version) VALUES (?,?,?,?,1) ON CONFLICT DO NOTHING`,
			location, service, in.Offered, in.Remark))
	default:
		n, err = db.Do(ctx, tx, db.F(`UPDATE organisation_variant SET offered = ?, remark = ?, version = version + 1 WHERE location = ? AND service = ? AND version = ?`,
			in.Offered, in.Remark, location, service, in.Version))
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, "organisation.conflict")
	}
	return note(ctx, tx, by, "organisation.event.variant", location+"/"+service)
}

// PutReference writes lines of an official list; what was there under the same code is replaced, what is not named
// stays. It says how many lines are new or different, so that the same file twice changes nothing.
func PutReference(ctx context.Context, tx *db.Tx, kind ReferenceKind, rows []Reference) (changed int64, err error) {
	if !kind.Known() {
		return 0, fault.Fields{{Name: "kind", Key: "organisation.error.kind"}}.Err()
	}
	for _, r := range rows {
		n, err := db.Do(ctx, tx, db.F(`INSERT INTO organisation_reference (kind, code, name, since, until) VALUES (?,?,?,?,?)
			ON CONFLICT (kind, code) DO UPDATE SET name = excluded.name, since = excluded.since, until = excluded.until
			WHERE organisation_reference.name <> excluded.name OR COALESCE(organisation_reference.since, '') <> COALESCE(excluded.since, '')
				OR COALESCE(organisation_reference.until, '') <> COALESCE(excluded.until, '')`,
			string(kind), r.Code, r.Name, r.Since, r.Until))
		if err != nil {
			return changed, err
		}
		changed += n
	}
	return changed, nil
}

// ReferencesIn reads lines of a list by code, so that an import can be undone to what stood before.
func ReferencesIn(ctx context.Context, q db.Q, kind ReferenceKind) (map[string]Reference, error) {
	out := map[string]Reference{}
	err := db.Each(ctx, q, db.F(`SELECT code, name, since, until FROM organisation_reference WHERE kind = ?`, string(kind)), func(r Reference) error {
		out[r.Code] = r
		return nil
	})
	return out, err
}

// DropReference removes lines by code; only an import that is undone does this.
func DropReference(ctx context.Context, tx *db.Tx, kind ReferenceKind, codes []string) error {
	for _, c := range codes {
		if _, err := db.Do(ctx, tx, db.F(`DELETE FROM organisation_reference WHERE kind = ? AND code = ?`, string(kind), c)); err != nil {
			return err
		}
	}
	return nil
}

// References are the lines of a list that hold on a day, by name.
func (s *Store) References(ctx context.Context, kind ReferenceKind, day clock.Date) ([]Reference, error) {
	return db.Many[Reference](ctx, s.db, db.F(`SELECT code, name, since, until FROM organisation_reference
		WHERE kind = ? AND (since IS NULL OR since <= ?) AND (until IS NULL OR until > ?) ORDER BY name, code`, string(kind), day, day))
}

// Reference is one line by its code, also when it no longer holds.
func (s *Store) Reference(ctx context.Context, kind ReferenceKind, code string) (Reference, error) {
	return db.One[Reference](ctx, s.db, db.F(`SELECT code, name, since, until FROM organisation_reference WHERE kind = ? AND code = ?`, string(kind), code))
}

// Nationalities are the nationalities that hold on a day.
func (s *Store) Nationalities(ctx context.Context, day clock.Date) ([]Reference, error) {
	return s.References(ctx, Nationality, day)
}

// Municipalities are the municipalities that exist on a day.
func (s *Store) Municipalities(ctx context.Context, day clock.Date) ([]Reference, error) {
	return s.References(ctx, Municipality, day)
}

// Countries are the countries that hold on a day.
func (s *Store) Countries(ctx context.Context, day clock.Date) ([]Reference, error) {
	return s.References(ctx, Country, day)
}

// countReferences is how many lines a list has.
func (s *Store) countReferences(ctx context.Context, kind ReferenceKind) (int, error) {
	return db.One[int](ctx, s.db, db.F(`SELECT COUNT(*) FROM organisation_reference WHERE kind = ?`, string(kind)))
}

// findReferences are the lines of a list that begin with a text, in name or code.
func (s *Store) findReferences(ctx context.Context, kind ReferenceKind, text string, n int) ([]Reference, error) {
	f := db.F(`SELECT code, name, since, until FROM organisation_reference WHERE kind = ?`, string(kind))
	if text = strings.ToLower(strings.TrimSpace(text)); text != "" {
		like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
		f = f.Then(`AND (LOWER(name) LIKE ? ESCAPE '\' OR code LIKE ? ESCAPE '\')`, like, like)
	}
	return db.Many[Reference](ctx, s.db, f.Then(`ORDER BY name, code LIMIT ?`, n))
}
