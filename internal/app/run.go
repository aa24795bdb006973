package app

// This file is the command line: which command was asked for, and what an operator is told.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/deident"
	"reisgezel/internal/kernel/names/measure"
	"reisgezel/internal/kernel/warn"
	"reisgezel/internal/procedure"
)

// ErrUsage says that the command line itself was not understood.
var ErrUsage = errors.New("usage")

// Run carries out one command until it is done or ctx ends.
func Run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer, getenv func(string) string) error {
	if len(args) == 0 {
		return ErrUsage
	}
	switch cmd, rest := args[0], args[1:]; cmd {
	case "demo":
		return demo(ctx, rest, out, errs, getenv)
	case "serve":
		return serve(ctx, rest, out, errs, getenv)
	case "setup":
		return setup(ctx, rest, out, errs, getenv)
	case "terms":
		return terms(rest, out)
	case "rules":
		if len(rest) != 2 || rest[0] != "check" {
			return ErrUsage
		}
		return checkRules(rest[1], out)
	case "names":
		err := measure.Command(ctx, rest, out, errs, clock.System())
		if errors.Is(err, measure.ErrUsage) {
			return ErrUsage
		}
		return err
	case "warn":
		err := warn.Command(rest, out, errs)
		if errors.Is(err, warn.ErrUsage) {
			return ErrUsage
		}
		return err
	case "deidentify":
		err := deident.Command(rest, in, out, errs)
		if errors.Is(err, deident.ErrUsage) {
			return ErrUsage
		}
		return err
	case "log":
		if len(rest) == 0 || rest[0] != "verify" {
			return ErrUsage
		}
		return verifyLog(ctx, rest[1:], out, errs, getenv)
	case "person":
		return person(ctx, rest, out, errs, getenv)
	case "settings":
		for _, x := range settings {
			fmt.Fprintf(out, "%-14s %s\n", x.name, x.help)
		}
		return nil
	default:
		return ErrUsage
	}
}

func demo(ctx context.Context, args []string, out, errs io.Writer, getenv func(string) string) error {
	s, err := Read("demo", args, getenv, errs)
	if err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return err
	}
	if s.Data == "" {
		dir, err := os.MkdirTemp("", "reisgezel-demo-")
		if err != nil {
			return fmt.Errorf("no room for a demonstration: %w", err)
		}
		defer os.RemoveAll(dir)
		s.Data = dir
	}
	c := clock.System()
	h, err := Build(ctx, s, c, logger(errs))
	if err != nil {
		return err
	}
	defer h.Close()
	began := c.Now()
	n, err := h.FillDemo(ctx, s.People, func(done, of int) {
		if of >= 20000 {
			fmt.Fprintf(errs, "\r%d of %d people", done, of)
		}
	})
	if err != nil {
		return err
	}
	if n > 0 {
		fmt.Fprintf(errs, "\rFilled with %d invented people in %.1f seconds.\n", n, c.Now().Sub(began).Seconds())
	}
	return h.Serve(ctx, func(addr string) {
		fmt.Fprintf(out, "Reisgezel, a demonstration with invented people.\nLook at http://%s/ and choose who you want to be. Stop with Ctrl+C.\n", addr)
	})
}

func serve(ctx context.Context, args []string, out, errs io.Writer, getenv func(string) string) error {
	s, err := Read("serve", args, getenv, errs)
	if err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return fmt.Errorf("these settings are not safe, so the program does not start:\n%w", err)
	}
	h, err := Build(ctx, s, clock.System(), logger(errs))
	if err != nil {
		return err
	}
	defer h.Close()
	if s.Clamd == NoClamd {
		h.Log.Warn("nothing that people send is looked at for viruses: --clamd is " + NoClamd)
	}
	if ready, err := h.Account.Ready(ctx); err != nil {
		return err
	} else if !ready {
		return errors.New("nobody can sign in yet: make the first administrator with `reisgezel setup`")
	}
	return h.Serve(ctx, func(addr string) { fmt.Fprintf(out, "Reisgezel listens on %s for %s\n", addr, s.URL) })
}

func setup(ctx context.Context, args []string, out, errs io.Writer, getenv func(string) string) error {
	var name, email string
	rest := args[:0:0]
	for i := 0; i < len(args); i++ {
		key, value, joined := strings.Cut(args[i], "=")
		into := map[string]*string{"--name": &name, "--email": &email}[key]
		if into == nil {
			rest = append(rest, args[i])
			continue
		}
		if !joined {
			if i+1 == len(args) {
				return fmt.Errorf("%s needs a value", key)
			}
			i++
			value = args[i]
		}
		*into = value
	}
	s, err := Read("setup", rest, getenv, errs)
	if err != nil {
		return err
	}
	if err := s.Check(); err != nil {
		return fmt.Errorf("these settings are not safe:\n%w", err)
	}
	if name == "" || email == "" {
		return errors.New("say who the first administrator is: --name NAME --email ADDRESS")
	}
	h, err := Build(ctx, s, clock.System(), logger(errs))
	if err != nil {
		return err
	}
	defer h.Close()
	path, err := h.Account.Setup(ctx, name, email)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "The first administrator is %s.\nStart `reisgezel serve` and open this link within 24 hours to choose a password; it works once:\n%s%s\n",
		name, strings.TrimSuffix(s.URL, "/"), path)
	return nil
}

func terms(args []string, out io.Writer) error {
	if len(args) != 1 {
		return ErrUsage
	}
	f, err := os.Open(args[0])
	if err != nil {
		return fmt.Errorf("the table cannot be read: %w", err)
	}
	defer f.Close()
	return procedure.TermsCSV(f, out)
}

// checkRules proves a folder of rules. What is wrong is written out; the answer only says that something is.
func checkRules(dir string, out io.Writer) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s is not a folder with rules", dir)
	}
	r := procedure.CheckPack(os.DirFS(dir), clock.System().Now())
	if err := r.Write(out); err != nil {
		return err
	}
	if n := len(r.Faults); n > 0 {
		return fmt.Errorf("the rules in %s cannot be used", dir)
	}
	return nil
}

func verifyLog(ctx context.Context, args []string, out, errs io.Writer, getenv func(string) string) error {
	h, err := unserved(ctx, args, errs, getenv)
	if err != nil {
		return err
	}
	defer h.Close()
	return h.Oversight.VerifyLog(ctx, out)
}

// unserved is the house with its doors shut, for a command that works on what is in it.
func unserved(ctx context.Context, args []string, errs io.Writer, getenv func(string) string) (*House, error) {
	s, err := Read("serve", args, getenv, errs)
	if err != nil {
		return nil, err
	}
	return Build(ctx, s, clock.System(), logger(errs))
}

// logger writes what an operator needs. It never gets names, notes or addresses of people.
func logger(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// The names in memory are most of what lives in a large house, and they never move: a collector that waits until the heap
// has doubled would double them too. They hold no pointers, so collecting costs a large house hardly more than a small one:
// it may grow by the same megabytes in each. The fewer they are, the more often it is collected: at eight visitors who never pause
// that is a twentieth of all work. More of them would take the first start after a filling, when the jobs of a day are still to do,
// beyond the memory that a small house is promised.
const (
	grow     = 4 // percent
	growMost = 50
	growBy   = 13 << 20 // bytes
)

// spare fits the collector to what lives here, until ctx ends, also while the names are still being read.
func spare(ctx context.Context) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	was := growMost
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			metrics.Read(live)
			if now := growth(live[0].Value.Uint64()); now != was { // to set it stops all work for a moment
				debug.SetGCPercent(now)
				was = now
			}
		}
	}
}

// growth is by how many percent a heap of this many bytes may grow before it is collected.
func growth(live uint64) int {
	return int(min(growMost, max(grow, growBy*100/max(live, 1))))
}

// Serve answers requests until ctx ends, then lets the requests under way finish.
func (h *House) Serve(ctx context.Context, ready func(addr string)) error {
	ln, err := net.Listen("tcp", h.Settings.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", h.Settings.Listen, err)
	}
	srv := &http.Server{
		Handler:           h.Site,
		ConnContext:       h.Site.Line,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // a photo over a poor line
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(h.Log.Handler(), slog.LevelWarn),
	}
	debug.SetGCPercent(growMost)
	jobs, stopJobs := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { defer close(done); h.work(jobs) }()
	go spare(jobs)
	defer func() { stopJobs(); <-done }()
	follows := make(chan struct{})
	go func() { defer close(follows); h.Files.Follow(jobs, h.Log) }()
	defer func() { stopJobs(); <-follows }()
	if h.Post.Works() {
		carries := make(chan struct{})
		go func() { defer close(carries); h.Post.Run(jobs) }()
		defer func() { stopJobs(); <-carries }()
	}
	texts := make(chan struct{})
	go func() { defer close(texts); h.Translation.Follow(jobs, h.Log) }()
	defer func() { stopJobs(); <-texts }()

	failed := make(chan error, 1)
	go func() {
		if h.Settings.TLSCert != "" {
			failed <- srv.ServeTLS(ln, h.Settings.TLSCert, h.Settings.TLSKey)
		} else {
			failed <- srv.Serve(ln)
		}
	}()
	ready(ln.Addr().String())
	select {
	case err := <-failed:
		return fmt.Errorf("the server stopped: %w", err)
	case <-h.DB.Broken():
		_ = srv.Close()
		return errors.New("the database could not make a write durable, so the program stops before it promises anything it cannot keep; check the disk and start again")
	case <-ctx.Done():
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return srv.Shutdown(late)
}

// demoFolder says whether a folder already holds a filled demonstration.
func demoFolder(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, demoMark))
	return err == nil
}
