package app

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSettingsComeFromFlagThenEnvironmentThenFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "reisgezel.conf")
	if err := os.WriteFile(file, []byte("# the office\nlisten = 127.0.0.1:1\ndata=/from/file\nproxy = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"REISGEZEL_LISTEN": "127.0.0.1:2", "REISGEZEL_SETTINGS": file}
	s, err := Read("serve", []string{"--listen", "127.0.0.1:3"}, func(k string) string { return env[k] }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if s.Listen != "127.0.0.1:3" || s.Data != "/from/file" || !s.Proxy {
		t.Errorf("got %+v", s)
	}
	s, err = Read("serve", nil, func(k string) string { return env[k] }, io.Discard)
	if err != nil || s.Listen != "127.0.0.1:2" {
		t.Errorf("the environment lost from the file: %+v %v", s, err)
	}
}

func TestSettingsThatCannotBeRead(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad.conf")
	if err := os.WriteFile(bad, []byte("listn = 127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		command string
		args    []string
		say     string
	}{
		{"serve", []string{"--settings", bad}, `"listn" is not a setting`},
		{"serve", []string{"--settings", bad + ".none"}, "cannot be read"},
		{"serve", []string{"--proxy=perhaps"}, `"perhaps" is not a value for proxy`},
		{"demo", []string{"--people", "many"}, `"many" is not a value for people`},
		{"serve", []string{"--people", "5"}, "flag provided but not defined"},
		{"demo", []string{"now"}, `"now" is not a setting`},
	} {
		_, err := Read(c.command, c.args, func(string) string { return "" }, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s %v: %v, want %q", c.command, c.args, err, c.say)
		}
	}
}

func TestUnsafeSettingsAreRefusedWithTheReason(t *testing.T) {
	data, keys := t.TempDir(), t.TempDir()
	for _, d := range []string{data, keys} {
		if err := os.Chmod(d, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	good := Settings{Listen: "127.0.0.1:8080", Data: data, Keys: keys, URL: "https://reisgezel.example.org", Proxy: true, Clamd: NoClamd}
	if err := good.Check(); err != nil {
		t.Fatalf("good settings are refused: %v", err)
	}
	open := t.TempDir()
	if err := os.Chmod(open, 0o755); err != nil {
		t.Fatal(err)
	}
	demo := t.TempDir()
	if err := os.WriteFile(filepath.Join(demo, demoMark), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Settings)
		say    string
	}{
		"keys inside the data":       {func(s *Settings) { s.Keys = filepath.Join(data, "keys") }, "inside --data"},
		"keys inside through a link": {func(s *Settings) { s.Keys = link }, "inside --data"},
		"one database for both":      {func(s *Settings) { s.Database, s.KeysDB = "postgres://a", "postgres://a" }, "must live apart"},
		"plain http":                 {func(s *Settings) { s.URL = "http://reisgezel.example.org" }, "must begin with https"},
		"no address":                 {func(s *Settings) { s.URL = "" }, "--url"},
		"no TLS":                     {func(s *Settings) { s.Proxy = false }, "TLS is missing"},
		"half a certificate":         {func(s *Settings) { s.TLSCert = "a.pem" }, "go together"},
		"proxy in the open":          {func(s *Settings) { s.Listen = "0.0.0.0:80" }, "go round the proxy"},
		"open folder":                {func(s *Settings) { s.Data = open }, "open to other users"},
		"a demonstration's folder":   {func(s *Settings) { s.Data = demo }, "invented people"},
		"no keys":                    {func(s *Settings) { s.Keys = "" }, "--keys"},
		"nothing about viruses":      {func(s *Settings) { s.Clamd = "" }, "--clamd none"},
		"no data":                    {func(s *Settings) { s.Data = "" }, "--data"},
		"demo in the open":           {func(s *Settings) { *s = Settings{Demo: true, People: 2000, Listen: "0.0.0.0:8080"} }, "loopback"},
		"demo of nobody":             {func(s *Settings) { *s = Settings{Demo: true, Listen: "127.0.0.1:1"} }, "--people"},
	} {
		s := good
		c.change(&s)
		if err := s.Check(); err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v, want %q", name, err, c.say)
		}
	}
}
