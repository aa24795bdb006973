package app

// This file plays the whole in a real browser, on the embedded database and again on PostgreSQL.

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db/dbtest"
)

// demoHouse is a filled demonstration on a fresh database, answering on a loopback address.
func demoHouse(t testing.TB, s Settings) (*House, string) {
	t.Helper()
	s.Demo, s.Listen, s.Data = true, "127.0.0.1:0", t.TempDir()
	if s.People == 0 {
		s.People = 300
	}
	h, err := Build(context.Background(), s, clock.System(), slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	if _, err := h.FillDemo(context.Background(), s.People, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h.Site)
	t.Cleanup(srv.Close)
	return h, srv.URL
}

// browse runs one of the scripts in browser/ against a house. What it needs and does not find is said; where everything
// is required, as in CI, that is a failure.
func browse(t *testing.T, script, url string) {
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
	modules, err := filepath.Abs(filepath.Join(root, "build", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = os.Stat(filepath.Join(modules, "playwright-core"))
	need("playwright-core (make build/node_modules)", err == nil)
	axe := filepath.Join(modules, "axe-core", "axe.min.js")
	_, err = os.Stat(axe)
	need("axe-core (make build/node_modules)", err == nil)
	cmd := exec.Command(node, filepath.Join("browser", script))
	cmd.Env = append(os.Environ(), "BASE="+url, "CHROMIUM="+chromium, "NODE_PATH="+modules, "AXE_JS="+axe)
	if testing.Short() {
		cmd.Env = append(cmd.Env, "SHORT=1")
	}
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
}

func TestStoryOnTheEmbeddedDatabase(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browse(t, "story.js", url)
}

func TestStoryOnPostgreSQL(t *testing.T) {
	_, url := demoHouse(t, Settings{Database: dbtest.PostgresAddress(t)})
	browse(t, "story.js", url)
}

func TestAnImportFromFileToTakingBack(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browse(t, "import.js", url)
}

func TestAnImportOnPostgreSQL(t *testing.T) {
	_, url := demoHouse(t, Settings{Database: dbtest.PostgresAddress(t)})
	browse(t, "import.js", url)
}

func TestEveryPageIsForEverybody(t *testing.T) {
	_, url := demoHouse(t, Settings{})
	browse(t, "pages.js", url)
}
