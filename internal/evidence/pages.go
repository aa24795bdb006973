package evidence

// This file is the table of doors, and what the pages share: opening a file, taking a file in, giving one out.

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"net/http"

	"reisgezel/internal/dossier"
	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/web"
)

// Texts are the words of the pages.
//
//go:embed text/*.json
var Texts embed.FS

// uploadBody is the largest form with a file: room beside it, so that one which is a little too large is told at its field.
const uploadBody = FileMost + 8<<20

// Routes are the doors.
func (e *Evidence) Routes() []web.Route {
	get, post := http.MethodGet, http.MethodPost
	const at = "/dossier/{person}/bewijs"
	return []web.Route{
		{Name: "evidence.mine", Method: get, Path: "/mijn/bewijs", May: maySelf, Do: e.mine},
		{Name: "evidence.mine_new", Method: get, Path: "/mijn/bewijs/sturen", May: maySelf, Do: e.mineForm},
		{Name: "evidence.mine_send", Method: post, Path: "/mijn/bewijs/sturen", May: maySelf, Do: e.mineSend, Body: uploadBody},
		{Name: "evidence.mine_file", Method: get, Path: "/mijn/bewijs/{document}/{scan}", May: maySelf, Do: e.mineFile},
		{Name: "evidence.mine_remove", Method: post, Path: "/mijn/bewijs/{document}/weg", May: maySelf, Do: e.mineRemove},
		{Name: "evidence.list", Method: get, Path: at, May: mayLook, Do: e.list},
		{Name: "evidence.claim_new", Method: get, Path: at + "/nieuw", May: mayKeep, Do: e.claimNew},
		{Name: "evidence.claim_add", Method: post, Path: at + "/nieuw", May: mayKeep, Do: e.claimAdd},
		{Name: "evidence.claim", Method: get, Path: at + "/punt/{claim}", May: mayLook, Do: e.claimShow},
		{Name: "evidence.piece_add", Method: post, Path: at + "/punt/{claim}", May: mayKeep, Do: e.pieceAdd},
		{Name: "evidence.claim_close", Method: post, Path: at + "/punt/{claim}/afsluiten", May: mayKeep, Do: e.claimClose},
		{Name: "evidence.piece", Method: get, Path: at + "/stuk/{piece}", May: mayLook, Do: e.pieceShow},
		{Name: "evidence.piece_save", Method: post, Path: at + "/stuk/{piece}", May: mayKeep, Do: e.pieceSave},
		{Name: "evidence.upload", Method: get, Path: at + "/document", May: mayKeep, Do: e.uploadForm},
		{Name: "evidence.uploaded", Method: post, Path: at + "/document", May: mayKeep, Do: e.upload, Body: uploadBody},
		{Name: "evidence.document", Method: get, Path: at + "/document/{document}", May: mayLook, Do: e.documentShow},
		{Name: "evidence.download", Method: get, Path: at + "/document/{document}/{scan}", May: mayLook, Do: e.download},
		{Name: "evidence.preview", Method: get, Path: at + "/document/{document}/{scan}/beeld", May: mayLook, Do: e.preview},
		{Name: "evidence.describe", Method: post, Path: at + "/document/{document}", May: mayKeep, Do: e.documentSave},
		{Name: "evidence.rescan", Method: post, Path: at + "/document/{document}/scan", May: mayKeep, Do: e.documentScan, Body: uploadBody},
		{Name: "evidence.check", Method: post, Path: at + "/document/{document}/bekeken", May: mayKeep, Do: e.documentCheck},
		{Name: "evidence.mind", Method: post, Path: at + "/document/{document}/alarm", May: mayKeep, Do: e.documentMind},
		{Name: "evidence.remove", Method: post, Path: at + "/document/{document}/weg", May: mayKeep, Do: e.documentRemove},
	}
}

// look opens a file to show something of it; the look stands in the log before anything is shown.
func (e *Evidence) look(v *web.Visit) (dossier.File, error) {
	return e.files.Open(v, v.Param("person"), access.File, "evidence.event.look")
}

// keep opens a file to change something of it.
func (e *Evidence) keep(v *web.Visit) (dossier.File, error) {
	return e.files.OpenToChange(v, v.Param("person"), mayKeep)
}

// lookToKeep opens a file to show an empty form.
func (e *Evidence) lookToKeep(v *web.Visit) (dossier.File, error) {
	return e.files.OpenToFill(v, v.Param("person"), mayKeep, "evidence.event.look")
}

// receive takes in the file of a form: chosen, photographed, or kept since the form had faults. Held is the id under which
// it is kept already.
func (e *Evidence) receive(v *web.Visit, f dossier.File) (p Paper, held string, err error) {
	_, file, size, err := v.File("file") // what a file is called says nothing about what it is
	_, shot, shotSize, none := v.File("photo")
	if none == nil {
		defer shot.Close()
	}
	switch {
	case err == nil:
		defer file.Close()
		if none == nil {
			return p, "", refused("two")
		}
	case none == nil:
		file, size = shot, shotSize
	default:
		held = v.Value("held")
		if held == "" {
			return p, "", refused("none")
		}
		p, err = e.held(v.Ctx(), f, held, v.Now)
		if fault.Is(err, fault.NotFound) {
			err = refused("none")
		}
		return p, held, err
	}
	if size > FileMost {
		return p, "", refused("big")
	}
	b, err := io.ReadAll(io.LimitReader(file, FileMost+1))
	if err != nil {
		return p, "", refused("other")
	}
	p, err = e.Take(v.Ctx(), b)
	return p, "", err
}

// Take lets a scanner look at a file and reads it. Only so many are read at once: a picture takes much memory.
func (e *Evidence) Take(ctx context.Context, b []byte) (Paper, error) {
	switch clean, err := e.scan(ctx, b); {
	case err != nil:
		return Paper{}, &fault.Fault{Kind: fault.Unavailable, Key: "evidence.refused.scanner", Cause: err}
	case !clean:
		return Paper{}, refused("virus")
	}
	select {
	case e.reading <- struct{}{}:
		defer func() { <-e.reading }()
	case <-ctx.Done():
		return Paper{}, ctx.Err()
	}
	return Read(b)
}

// keepFaults joins the faults of a form and of its file. When only the form had any, the file is held, so that it need not
// be sent again. It gives the id under which the file is held.
func (e *Evidence) keepFaults(v *web.Visit, f dossier.File, fs *fault.Fields, p Paper, held string, err error) (string, error) {
	if err != nil {
		x := fault.As(err)
		if x.Kind != fault.Invalid {
			return "", err
		}
		*fs = append(fault.Fields(x.Fields), *fs...)
		return "", nil
	}
	if len(*fs) == 0 || held != "" {
		return held, nil
	}
	return e.hold(v.Ctx(), f, p)
}

// give answers with the bytes of a scan, as a file that the browser saves. That somebody took it stands in the log first.
func (e *Evidence) give(v *web.Visit, f dossier.File, part, event string) error {
	ctx := v.Ctx()
	s, err := scan(ctx, e.db, f, v.Param("document"), v.Param("scan"))
	if err != nil {
		return err
	}
	b, err := content(ctx, e.db, f, s.ID, part)
	if err != nil {
		return err
	}
	if err := e.db.Tx(ctx, func(tx *db.Tx) error { return f.Log(ctx, tx, event, s.Document) }); err != nil {
		return err
	}
	t := s.Type
	if part == "preview" {
		t = JPEG
	}
	return v.Download(scanName(s, t), t.Mime(), bytes.NewReader(b))
}

// scanName is what a scan is called where it is saved. It tells nothing of what is in it: it stands in the list of downloads
// of somebody's telephone.
func scanName(s Scan, t Type) string {
	return fmt.Sprintf("document-%s-%d.%s", clock.DateOf(s.At.In(clock.Netherlands)), s.N, t.Ending())
}
