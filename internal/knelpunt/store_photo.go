package knelpunt

// This file holds the SQL of photographs. One of a report is seen by the desk; one of a draft by its author and by who may let it go; one
// of a signal by everybody who reads signals. When a draft is let go its photographs get a new id, as the signal does.

import (
	"context"

	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// photosMost is how many photographs a signal has.
const photosMost = 4

// Photo is one photograph, without its bytes.
type Photo struct{ ID, Report, Draft, Signal string }

func photoPlace(id string) string { return "knelpunt_photo.body/" + id }

const photoColumns = `SELECT id, COALESCE(report, '') AS report, COALESCE(draft, '') AS draft, COALESCE(signal, '') AS signal FROM knelpunt_photo WHERE`

func photos(ctx context.Context, q db.Q, where db.Frag) ([]Photo, error) {
	return db.Many[Photo](ctx, q, db.F(photoColumns).With(where).Then(`ORDER BY id`))
}

func photosOfDraft(ctx context.Context, q db.Q, draft string) ([]Photo, error) {
	return photos(ctx, q, db.F(`draft = ?`, draft))
}

func photosOfSignal(ctx context.Context, q db.Q, signal string) ([]Photo, error) {
	return photos(ctx, q, db.F(`signal = ?`, signal))
}

// bottleneckPhotos is how many photographs the page of a bottleneck shows; the others stand with their signals.
const bottleneckPhotos = 12

// photosOfMembers are the photographs of the signals of a bottleneck.
func photosOfMembers(ctx context.Context, q db.Q, bottleneck string) ([]Photo, error) {
	return db.Many[Photo](ctx, q, db.F(photoColumns).Then(`signal IN (SELECT m.signal FROM knelpunt_member m WHERE m.bottleneck = ?) ORDER BY id LIMIT ?`, bottleneck, bottleneckPhotos))
}

// photoBytes are those of one photograph.
func (k *Knelpunten) photoBytes(ctx context.Context, q db.Q, id string) ([]byte, error) {
	b, err := db.One[[]byte](ctx, q, db.F(`SELECT body FROM knelpunt_photo WHERE id = ?`, id))
	if err != nil {
		return nil, err
	}
	return k.key().Open(photoPlace(id), b)
}

// addPhoto keeps a photograph of a draft. Who was going to let the draft go has to look again.
func (k *Knelpunten) addPhoto(ctx context.Context, tx *db.Tx, draft string, b []byte) error {
	n, err := db.One[int](ctx, tx, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE draft = ?`, draft))
	if err != nil {
		return err
	}
	if n >= photosMost {
		return fault.Fields{{Name: "foto", Key: "knelpunt.error.photos", Args: []any{"n", photosMost}}}.Err()
	}
	if err := changed(db.Do(ctx, tx, db.F(`UPDATE knelpunt_draft SET version = version + 1 WHERE id = ?`, draft))); err != nil {
		return err
	}
	id := db.Blind("kf")
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_photo (id, draft, body) VALUES (?,?,?)`, id, draft, k.key().Seal(photoPlace(id), b)))
	return err
}

// addOpenPhoto keeps a photograph of a report that nobody took yet.
func (k *Knelpunten) addOpenPhoto(ctx context.Context, tx *db.Tx, t Ticket, b []byte) error {
	if held, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_report SET state = 'new' WHERE code = ? AND state = 'new'`, t.Report)); err != nil || held == 0 { // one at a time
		if err == nil {
			err = fault.New(fault.Conflict, "knelpunt.error.taken")
		}
		return err
	}
	report, n, err := openPhotos(ctx, tx, t)
	if err != nil {
		return err
	}
	if n >= photosMost {
		return fault.New(fault.Conflict, "knelpunt.error.photos", "n", photosMost)
	}
	id := db.Blind("kf")
	_, err = db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_photo (id, report, body) VALUES (?,?,?)`, id, report, k.key().Seal(photoPlace(id), b)))
	return err
}

// openPhotos is the report that a ticket is for, and how many photographs it has; empty when a colleague has it already.
func openPhotos(ctx context.Context, q db.Q, t Ticket) (report string, n int, err error) {
	report, err = db.One[string](ctx, q, db.F(`SELECT id FROM knelpunt_report WHERE code = ? AND state = 'new'`, t.Report))
	if fault.Is(err, fault.NotFound) {
		return "", 0, nil
	}
	if err == nil {
		n, err = db.One[int](ctx, q, db.F(`SELECT COUNT(*) FROM knelpunt_photo WHERE report = ?`, report))
	}
	return report, n, err
}

// takePhotos gives the photographs of a report to the draft that a colleague made of it.
func takePhotos(ctx context.Context, tx *db.Tx, report, draft string) error {
	_, err := db.Do(ctx, tx, db.F(`UPDATE knelpunt_photo SET draft = ?, report = NULL WHERE report = ?`, draft, report))
	return err
}

// releasePhotos gives the photographs of a draft to its signal, under new ids.
func (k *Knelpunten) releasePhotos(ctx context.Context, tx *db.Tx, draft, signal string) error {
	ps, err := photosOfDraft(ctx, tx, draft)
	if err != nil {
		return err
	}
	for _, p := range ps {
		b, err := k.photoBytes(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		id := db.Blind("kf")
		if _, err := db.Do(ctx, tx, db.F(`INSERT INTO knelpunt_photo (id, signal, body) VALUES (?,?,?)`, id, signal, k.key().Seal(photoPlace(id), b))); err != nil {
			return err
		}
	}
	return dropPhotos(ctx, tx, draft)
}

func dropPhotos(ctx context.Context, tx *db.Tx, draft string) error {
	_, err := db.Do(ctx, tx, db.F(`DELETE FROM knelpunt_photo WHERE draft = ?`, draft))
	return err
}
