package app

// This file builds the house from its settings: databases, keys, capabilities, doors.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/a-h/templ"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
	"reisgezel/internal/kernel/lang"
	"reisgezel/internal/kernel/privacy"
	"reisgezel/internal/kernel/ui"
	"reisgezel/internal/kernel/web"
)

// House is the running whole.
type House struct {
	Settings Settings
	Log      *slog.Logger
	DB       *db.DB // the sealed files, and everything else
	KeysDB   *db.DB // the keys to them
	Vault    *privacy.Vault
	Texts    *lang.Catalogue
	Site     *web.Site

	modules
	jobs []web.Job
	slow []web.Job // those that may take minutes
}

// Build opens everything and hangs the doors. It changes nothing but the schema.
func Build(ctx context.Context, s Settings, c clock.Clock, log *slog.Logger) (_ *House, err error) {
	h := &House{Settings: s, Log: log}
	defer func() {
		if err != nil {
			h.Close()
		}
	}()
	if s.Keys == "" {
		s.Keys = filepath.Join(s.Data, "keys") // a demonstration only: Check refuses it for the real thing
	}
	for _, dir := range []string{s.Data, s.Keys} {
		if dir == "" {
			continue
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, fmt.Errorf("the folder %s cannot be made: %w", dir, err)
		}
	}
	keysAt := s.KeysDB
	have := keysAt != ""
	if keysAt == "" {
		file := filepath.Join(s.Keys, "keys.db")
		if _, err := os.Stat(file); err == nil {
			have = true
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("the key store cannot be looked at: %w", err)
		}
		keysAt = "sqlite:" + file
	}
	dataAt := s.Database
	if dataAt == "" {
		file := filepath.Join(s.Data, "reisgezel.db")
		if _, err := os.Stat(file); err == nil && !have {
			return nil, fmt.Errorf("%s is there, but the key store %s is not: nothing in it could be opened; put the keys back", file, filepath.Join(s.Keys, "keys.db"))
		}
		dataAt = "sqlite:" + file
	}
	master, err := masterKey(s.Keys, have && s.KeysDB == "")
	if err != nil {
		return nil, err
	}
	if h.KeysDB, err = db.Open(ctx, keysAt, c); err != nil {
		return nil, fmt.Errorf("the key store cannot be opened: %w", err)
	}
	if err = h.KeysDB.Migrate(ctx, []db.Line{{Name: "keys", FS: privacy.KeySchema}}); err != nil {
		return nil, fmt.Errorf("the key store cannot be brought forward: %w", err)
	}
	if h.Vault, err = privacy.Open(ctx, h.KeysDB, master); err != nil {
		return nil, err
	}
	if h.DB, err = db.Open(ctx, dataAt, c); err != nil {
		return nil, fmt.Errorf("the database cannot be opened: %w", err)
	}
	if err = h.DB.Migrate(ctx, schemaLines()); err != nil {
		return nil, fmt.Errorf("the database cannot be brought forward: %w", err)
	}
	if h.Texts, err = lang.Load(textParts()...); err != nil {
		return nil, err
	}
	if err = h.assemble(); err != nil {
		return nil, err
	}
	if err = h.Translation.Refresh(ctx); err != nil {
		return nil, fmt.Errorf("the translations of this house cannot be read: %w", err)
	}
	h.Site = &web.Site{
		DB: h.DB, Clock: c, Texts: h.Texts, Log: log,
		Secure: !s.Demo, Proxy: s.Proxy,
		Load: h.load, Frame: h.frame, Fault: h.fault,
		SignInRoute: "account.signin", ClientSignInRoute: "portal.signin",
		ResumeRoute: "app.kept", ClientResumeRoute: "app.kept_own", OutsideResumeRoute: "app.kept_outside", Forms: h.Vault.House("web-form"),
	}
	return h, h.Site.Open(h.routes(), rawHandlers())
}

// Close ends everything in the order in which it leans on each other.
func (h *House) Close() {
	for _, d := range []*db.DB{h.DB, h.KeysDB} {
		if d != nil {
			if err := d.Close(); err != nil {
				h.Log.Error("closing", "err", err)
			}
		}
	}
}

// work runs the jobs every half minute until ctx ends; each keeps its own pace. The slow ones go beside the others: an alarm does not
// wait for them.
func (h *House) work(ctx context.Context) {
	ctx = web.Behind(ctx, h.Site.Busy)
	h.heard(ctx)
	var slow sync.WaitGroup
	slow.Go(func() { h.again(ctx, h.slow) })
	h.again(ctx, h.jobs)
	slow.Wait()
}

// again runs jobs one after the other, every half minute until ctx ends.
func (h *House) again(ctx context.Context, jobs []web.Job) {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		web.RunJobs(ctx, h.DB, h.Log, jobs)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// heardWithin is how long the jobs of a start wait for the names.
const heardWithin = 2 * time.Minute

// heard waits until the names are in memory. To read them and to do all jobs that became due meanwhile takes the most memory
// of a day: not both at once.
func (h *House) heard(ctx context.Context) {
	late := time.After(heardWithin)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for !h.Files.Heard() {
		select {
		case <-ctx.Done():
			return
		case <-late:
			return
		case <-tick.C:
		}
	}
}

// RunJobs runs every job that is due, once.
func (h *House) RunJobs(ctx context.Context) {
	web.RunJobs(ctx, h.DB, h.Log, slices.Concat(h.jobs, h.slow))
}

// load says who a session belongs to.
func (h *House) load(ctx context.Context, s web.Session, now time.Time) (access.Actor, error) {
	if s.Kind == access.IsSelf {
		return h.Portal.Load(ctx, s, now)
	}
	a, err := h.Account.Load(ctx, h.DB, s, now)
	if err != nil || a.Kind != access.Staff {
		return a, err
	}
	desks, err := h.Contact.Holders(ctx, h.DB, a, now)
	a.Holders = append(a.Holders, desks...)
	return a, err
}

// fault makes the page of a fault in the shell of whoever asked.
func (h *House) fault(v *web.Visit, f *fault.Fault) templ.Component { return ui.FaultPage(v, f) }
