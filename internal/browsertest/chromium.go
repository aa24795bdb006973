package browsertest

// This file starts a Chromium and carries messages to it and back.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"
)

// limit is how long anything may take that a person would wait for; the machines that run tests are slow and shared.
const limit = 30 * time.Second

// need skips a test for what is not on this machine, and fails it where everything is required.
func need(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("REISGEZEL_REQUIRE_ALL") == "1" {
		t.Fatalf("%s is required here and was not found", what)
	}
	t.Skipf("skipped: %s was not found", what)
}

// flags keep the browser quiet: no first-run pages, no updates, no talking to anybody but the test's own server.
var flags = []string{"--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
	"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage",
	"--disable-features=Translate,MediaRouter,OptimizationHints", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb"}

// chromium is one running browser.
type chromium struct {
	in  *os.File
	mu  sync.Mutex
	n   int64
	out map[int64]chan message
	on  map[string]func(method string, params json.RawMessage) // by session
	end chan struct{}                                          // closed when the browser is gone
}

type message struct {
	ID        int64           `json:"id,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Method    string          `json:"method,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *fault          `json:"error,omitempty"`
}

type fault struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (f *fault) Error() string { return f.Message }

var (
	runningMu sync.Mutex
	running   = map[testing.TB]*chromium{}
)

// of is the browser of a test; the first visitor starts it, and it ends with the test.
func of(t testing.TB) *chromium {
	t.Helper()
	runningMu.Lock()
	defer runningMu.Unlock()
	if c := running[t]; c != nil {
		return c
	}
	path := ""
	for _, p := range []string{os.Getenv("CHROMIUM"), "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"} {
		if p == "" {
			continue
		}
		if found, err := exec.LookPath(p); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		need(t, "chromium")
	}
	c, err := start(t, path)
	if err != nil {
		t.Fatalf("browsertest: chromium does not start: %v", err)
	}
	running[t] = c
	t.Cleanup(func() {
		runningMu.Lock()
		delete(running, t)
		runningMu.Unlock()
	})
	return c
}

func start(t testing.TB, path string) (*chromium, error) {
	dir, err := os.MkdirTemp("", "browsertest")
	if err != nil {
		return nil, err
	}
	toR, toW, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	fromR, fromW, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	args := append([]string{"--user-data-dir=" + dir}, flags...)
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // it refuses to run as root otherwise
	}
	var said bytes.Buffer
	cmd := exec.Command(path, append(args, "about:blank")...)
	cmd.ExtraFiles = []*os.File{toR, fromW} // 3 and 4, by its own convention
	cmd.Stderr = &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its children end with it
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	_, _ = toR.Close(), fromW.Close()
	c := &chromium{in: toW, out: map[int64]chan message{}, on: map[string]func(string, json.RawMessage){}, end: make(chan struct{})}
	read := make(chan struct{})
	go func() { defer close(read); c.read(fromR) }()
	t.Cleanup(func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait() // it was killed; how it ended says nothing
		_ = toW.Close()
		_ = fromR.Close()
		<-read
		_ = os.RemoveAll(dir)
	})
	if err := c.call("", "Browser.getVersion", nil, nil); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, said.String())
	}
	return c, nil
}

// read hands every message to who waits for it; events are handled in their order, before the next message is read.
func (c *chromium) read(f *os.File) {
	defer close(c.end)
	r := bufio.NewReaderSize(f, 1<<20)
	for {
		b, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(b[:len(b)-1], &m) != nil {
			return
		}
		c.mu.Lock()
		reply, on := c.out[m.ID], c.on[m.SessionID]
		delete(c.out, m.ID)
		c.mu.Unlock()
		switch {
		case m.ID != 0 && reply != nil:
			reply <- m
		case m.Method != "" && on != nil:
			on(m.Method, m.Params)
		}
	}
}

// call sends a command and reads its result into out.
func (c *chromium) call(session, method string, params, out any) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if params == nil {
		params = struct{}{}
	}
	p, err := json.Marshal(params)
	if err != nil {
		return err
	}
	reply := make(chan message, 1)
	c.mu.Lock()
	c.n++
	m := message{ID: c.n, SessionID: session, Method: method, Params: p}
	c.out[m.ID] = reply
	b, err := json.Marshal(m)
	if err == nil {
		_, err = c.in.Write(append(b, 0))
	}
	c.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m := <-reply:
		if m.Error != nil {
			return fmt.Errorf("%s: %w", method, m.Error)
		}
		if out == nil {
			return nil
		}
		return json.Unmarshal(m.Result, out)
	case <-c.end:
		return fmt.Errorf("%s: %w", method, errors.New("the browser is gone"))
	case <-ctx.Done():
		return fmt.Errorf("%s: no answer within %v", method, limit)
	}
}
