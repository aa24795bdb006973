// Package browsertest runs a script in a real Chromium against a server of a Go test. Only tests import it.
//
// The scripts are JavaScript over playwright-core, in the folder browser/ of the room they try; what they share is lib.js,
// which they name as require('lib'). A room starts its own server, so that a test needs no more of the house than that room.
package browsertest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// patience is how long a script may take before its browser is taken to hang.
const patience = 45 * time.Minute

// Run plays browser/script of the room under test against a server.
func Run(t *testing.T, script, url string, env ...string) {
	t.Helper()
	out, err := command(t, script, url, env).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
}

// Steps starts a script that plays one step at a time, so that the test can change the house between them: the script
// reads the name of a step from its input, and answers "ok" or what went wrong.
func Steps(t *testing.T, script, url string, env ...string) func(step string) {
	t.Helper()
	cmd := command(t, script, url, env)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	answers := bufio.NewScanner(out)
	answers.Buffer(nil, 1<<20)
	return func(step string) {
		t.Helper()
		_, _ = fmt.Fprintln(in, step)
		if !answers.Scan() || answers.Text() != "ok" {
			t.Fatalf("%s: %s", step, answers.Text())
		}
	}
}

// command is a script that can be started. What a machine lacks is said, and the test skipped; with REISGEZEL_REQUIRE_ALL
// set, as in CI, that is a failure.
func command(t *testing.T, script, url string, env []string) *exec.Cmd {
	t.Helper()
	need := func(what string, ok bool) {
		t.Helper()
		if ok {
			return
		}
		if os.Getenv("REISGEZEL_REQUIRE_ALL") != "" {
			t.Fatalf("%s is required here", what)
		}
		t.Skipf("skipped: %s is not here; .ci/run shows how to get it", what)
	}
	node, err := exec.LookPath("node")
	need("node", err == nil)
	chromium, err := exec.LookPath("chromium")
	need("chromium", err == nil)
	_, self, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("where this file lies is not known")
	}
	here := filepath.Dir(self)
	modules := filepath.Join(here, "..", "..", "build", "node_modules")
	_, err = os.Stat(filepath.Join(modules, "playwright-core"))
	need("playwright-core (make build/node_modules)", err == nil)
	axe := filepath.Join(modules, "axe-core", "axe.min.js")
	_, err = os.Stat(axe)
	need("axe-core (make build/node_modules)", err == nil)

	ctx, stop := context.WithTimeout(t.Context(), patience)
	t.Cleanup(stop)
	cmd := exec.CommandContext(ctx, node, filepath.Join("browser", script))
	cmd.Env = append(os.Environ(), "BASE="+url, "CHROMIUM="+chromium, "AXE_JS="+axe,
		"NODE_PATH="+modules+string(filepath.ListSeparator)+here)
	if testing.Short() {
		cmd.Env = append(cmd.Env, "SHORT=1")
	}
	cmd.Env = append(cmd.Env, env...)
	return cmd
}
