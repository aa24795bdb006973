package app

// This file holds the settings of a running house: where each comes from, what it means, and which are refused.

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"reisgezel/internal/kernel/post"
)

// Settings are what an operator may choose. A flag wins over the environment, the environment over the file.
type Settings struct {
	Listen   string // address to listen on, host:port
	Data     string // folder of the embedded database
	Database string // postgres://… ; empty means the embedded database in Data
	Keys     string // folder of the key store and the master key; must lie outside Data
	KeysDB   string // postgres://… for the key store; empty means an embedded one in Keys
	URL      string // the address that people type, https://…
	TLSCert  string // certificate file; empty when a proxy ends TLS
	TLSKey   string
	Proxy    bool   // a proxy on this machine ends TLS and sets X-Forwarded-For
	SMS      string // gateway for short messages to telephones; empty means none
	Clamd    string // scanner for viruses: unix:/path, host:port or NoClamd; a demonstration may leave it empty

	Demo   bool // demonstration: invented people, one-press sign-in
	People int  // how many people a demonstration holds
}

// setting is one line of the list of settings; the flag, the variable and the line in the file carry its name.
type setting struct {
	name, help string
	into       func(*Settings) any // *string, *bool or *int
	serve      bool                // whether `serve` and `setup` take it
	demo       bool                // whether `demo` takes it
}

var settings = []setting{
	{"listen", "address to listen on, host:port", func(s *Settings) any { return &s.Listen }, true, true},
	{"data", "folder of the embedded database", func(s *Settings) any { return &s.Data }, true, true},
	{"database", "PostgreSQL address (postgres://…); without it the embedded database in --data is used", func(s *Settings) any { return &s.Database }, true, false},
	{"keys", "folder of the key store and the master key; outside --data, so that one backup never holds both", func(s *Settings) any { return &s.Keys }, true, false},
	{"keys-database", "PostgreSQL address of the key store; without it an embedded one in --keys is used", func(s *Settings) any { return &s.KeysDB }, true, false},
	{"url", "the address that people type, such as https://reisgezel.example.org", func(s *Settings) any { return &s.URL }, true, false},
	{"tls-cert", "certificate file (PEM)", func(s *Settings) any { return &s.TLSCert }, true, false},
	{"tls-key", "private key file (PEM)", func(s *Settings) any { return &s.TLSKey }, true, false},
	{"proxy", "a proxy on this machine ends TLS and sets X-Forwarded-For", func(s *Settings) any { return &s.Proxy }, true, false},
	{"clamd", "scanner for viruses in what people send: unix:/path/of/clamd.sock or host:port; or none, and then only the test virus is known", func(s *Settings) any { return &s.Clamd }, true, true},
	{"sms", "gateway for codes to telephones: https://:TOKEN@host/path, or smtps://user:password@host?from=ADDRESS&to=DOMAIN; better in the file than as a flag", func(s *Settings) any { return &s.SMS }, true, false},
	{"people", "how many people the demonstration holds", func(s *Settings) any { return &s.People }, false, true},
}

// Read gathers the settings of one command. Unknown names and values that cannot be read are errors that name
// where they stand.
func Read(command string, args []string, getenv func(string) string, help io.Writer) (Settings, error) {
	s := Settings{Listen: "127.0.0.1:8080", People: 2000, Demo: command == "demo"}
	fl := flag.NewFlagSet(command, flag.ContinueOnError)
	fl.SetOutput(help)
	file := fl.String("settings", "", "file with one `name = value` a line")
	given := map[string]string{}
	for _, x := range settings {
		if (s.Demo && !x.demo) || (!s.Demo && !x.serve) {
			continue
		}
		if _, isBool := x.into(&s).(*bool); isBool {
			fl.BoolFunc(x.name, x.help, func(v string) error { given[x.name] = v; return nil })
		} else {
			fl.Func(x.name, x.help, func(v string) error { given[x.name] = v; return nil })
		}
	}
	if err := fl.Parse(args); err != nil {
		return s, err
	}
	if fl.NArg() > 0 {
		return s, fmt.Errorf("%q is not a setting; settings begin with --", fl.Arg(0))
	}
	lines := map[string]string{}
	if *file == "" {
		*file = getenv("REISGEZEL_SETTINGS")
	}
	if *file != "" {
		var err error
		if lines, err = readFile(*file); err != nil {
			return s, err
		}
	}
	for _, x := range settings {
		from, v := "--"+x.name, given[x.name]
		if v == "" {
			env := "REISGEZEL_" + strings.ToUpper(strings.ReplaceAll(x.name, "-", "_"))
			from, v = env, getenv(env)
		}
		if v == "" {
			from, v = *file, lines[x.name]
		}
		delete(lines, x.name)
		if v == "" || (s.Demo && !x.demo) || (!s.Demo && !x.serve) {
			continue
		}
		var err error
		switch p := x.into(&s).(type) {
		case *string:
			*p = v
		case *bool:
			*p, err = strconv.ParseBool(v)
		case *int:
			*p, err = strconv.Atoi(v)
		}
		if err != nil {
			return s, fmt.Errorf("%s: %q is not a value for %s", from, v, x.name)
		}
	}
	for name := range lines {
		return s, fmt.Errorf("%s: %q is not a setting", *file, name)
	}
	return s, nil
}

func readFile(name string) (map[string]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the settings file cannot be read: %w", err)
	}
	defer f.Close()
	out := map[string]string{}
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		k, v, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("%s, line %d: write `name = value`", name, n)
		}
		out[strings.TrimSpace(k)] = strings.TrimSpace(v)
	}
	return out, sc.Err()
}

// Check refuses settings with which people would not be safe. All reasons are given at once.
func (s Settings) Check() error {
	var why []error
	no := func(format string, a ...any) { why = append(why, fmt.Errorf(format, a...)) }
	host, _, err := net.SplitHostPort(s.Listen)
	if err != nil {
		no("--listen %q is not host:port", s.Listen)
	}
	loopback := host == "localhost" || (net.ParseIP(host) != nil && net.ParseIP(host).IsLoopback())
	if s.Demo {
		if !loopback {
			no("a demonstration signs anybody in with one press, so it listens on a loopback address only, such as 127.0.0.1:8080; %q is not one", s.Listen)
		}
		if s.People < 20 || s.People > 5_000_000 {
			no("--people takes a number from 20 to 5,000,000")
		}
		return errors.Join(why...)
	}
	if s.Database == "" && s.Data == "" {
		no("say where the data lives: --data FOLDER or --database postgres://…")
	}
	if s.Keys == "" {
		no("say where the keys live: --keys FOLDER, outside the folder of the data")
	}
	if s.Data != "" && s.Keys != "" && inside(s.Data, s.Keys) {
		no("--keys lies inside --data: one copy of that folder would hold the sealed files and the keys to them; choose a folder elsewhere")
	}
	if s.Database != "" && s.Database == s.KeysDB {
		no("--keys-database is the same as --database: keys and sealed files must live apart")
	}
	u, err := url.Parse(s.URL)
	switch {
	case s.URL == "":
		no("say which address people type: --url https://…")
	case err != nil || u.Host == "" || (u.Path != "" && u.Path != "/"):
		no("--url %q is not an address such as https://reisgezel.example.org", s.URL)
	case u.Scheme != "https":
		no("--url must begin with https: passwords and files never travel in the open")
	}
	if (s.TLSCert == "") != (s.TLSKey == "") {
		no("--tls-cert and --tls-key go together")
	}
	if s.TLSCert == "" && !s.Proxy {
		no("TLS is missing: give --tls-cert and --tls-key, or --proxy when a proxy on this machine ends TLS")
	}
	if s.Proxy && !loopback {
		no("with --proxy the program listens on a loopback address, so that nobody can go round the proxy; %q is not one", s.Listen)
	}
	if s.Clamd == "" {
		no("say where the scanner for viruses is: --clamd unix:/path/of/clamd.sock or --clamd host:port; or --clamd %s, and then every file that people send comes in unscanned", NoClamd)
	}
	if s.SMS != "" {
		if _, err := post.Carrier(s.SMS); err != nil {
			no("--sms: %v", err)
		}
	}
	for _, dir := range []string{s.Data, s.Keys} {
		if dir == "" {
			continue
		}
		if st, err := os.Stat(dir); err == nil && st.Mode().Perm()&0o077 != 0 {
			no("%s is open to other users of this machine (mode %04o): chmod 700 %s", dir, st.Mode().Perm(), dir)
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			no("%s cannot be looked at: %v", dir, err)
		}
	}
	if s.Data != "" {
		if _, err := os.Stat(filepath.Join(s.Data, demoMark)); err == nil {
			no("%s holds a demonstration with invented people and open accounts; choose another folder", s.Data)
		}
	}
	return errors.Join(why...)
}

// NoClamd is the value of --clamd that says that there is no scanner for viruses, and that somebody knows it.
const NoClamd = "none"

// demoMark is the file that tells a demonstration's folder from a real one.
const demoMark = "DEMONSTRATION"

// inside says whether b is a or lies below a, through links too.
func inside(a, b string) bool {
	clean := func(p string) string {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if real, err := filepath.EvalSymlinks(p); err == nil {
			p = real
		}
		return p
	}
	rel, err := filepath.Rel(clean(a), clean(b))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
