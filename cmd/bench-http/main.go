// Command bench-http measures the real program: it builds it, starts a demonstration of the asked size in a process of
// its own, signs in, asks for pages and looks people up as they do, through HTTP, sealed and logged. It prints the median at one
// client and the 95th percentile at eight, what the program itself worked for each of them, and the memory at its highest. On a machine
// that others use too the work says more than the clock.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	people := flag.Int("people", 100_000, "how many people the demonstration holds")
	data := flag.String("data", "", "folder to keep the filled demonstration in; empty means a temporary one")
	seconds := flag.Float64("seconds", 4, "how long each measure lasts")
	flag.Parse()
	debug.SetGCPercent(800) // the processors are for the program under measure
	if err := run(*people, *data, time.Duration(*seconds*float64(time.Second))); err != nil {
		fmt.Fprintln(os.Stderr, "bench-http: "+err.Error())
		os.Exit(1)
	}
}

func run(people int, data string, long time.Duration) error {
	tmp, err := os.MkdirTemp("", "bench-http-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if data == "" {
		data = filepath.Join(tmp, "data")
	}
	bin := filepath.Join(tmp, "reisgezel")
	build := exec.Command("go", "build", "-o", bin, "./cmd/reisgezel")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build: %w", err)
	}
	if st, err := os.Stat(bin); err == nil {
		fmt.Printf("binary                           %6.1f MB\n", float64(st.Size())/1e6)
	}
	srv, filled, err := start(bin, data, people)
	if err != nil {
		return err
	}
	fmt.Printf("fill %d people             %8.1f s\n", people, filled.Seconds())
	if err := srv.stop(); err != nil {
		return err
	}
	srv, again, err := start(bin, data, people)
	if err != nil {
		return err
	}
	defer srv.stop()
	fmt.Printf("start again                    %8.2f s\n", again.Seconds())
	heard, err := srv.heard()
	if err != nil {
		return err
	}
	fmt.Printf("names in memory after          %8.2f s\n", heard.Seconds())
	time.Sleep(settle)

	c, err := signIn(srv.url, "u-amira")
	if err != nil {
		return err
	}
	files, err := c.links("/dossiers", regexp.MustCompile(`href="(/dossier/[^/"?]+)"`))
	if err != nil {
		return err
	}
	if len(files) < 5 {
		return fmt.Errorf("only %d files in the caseload: nothing to measure", len(files))
	}
	for range notes {
		for _, f := range files {
			if err := c.note(f); err != nil {
				return err
			}
		}
	}
	var turn atomic.Int64
	next := func() string { return files[int(turn.Add(1))%len(files)] }

	fmt.Printf("%-32s %10s %12s %11s %12s %14s\n", "", "median, 1", "p95, 8", "a second, 8", "work each, 8", "memory so far")
	srv.measure("file page with its last notes", long, func() error { return c.get(next()) })
	srv.measure("my follow-ups", long, func() error { return c.get("/opvolgen") })
	srv.measure("Vandaag", long, func() error { return c.get("/vandaag") })
	srv.measure("my files", long, func() error { return c.get("/dossiers") })
	srv.measure("search in my files", long, func() error { return c.get("/zoeken?q=sel") })
	srv.measure("is somebody known elsewhere", long, func() error { return c.known() })
	desk, err := signIn(srv.url, "u-ria")
	if err != nil {
		return err
	}
	if code, _, err := desk.post("/spreekuur/begin", url.Values{"desk": {"d-overvecht"}}); err != nil || code != http.StatusSeeOther {
		return fmt.Errorf("beginning at a desk answered %d: %w", code, err)
	}
	few("check in by name and birth", desk.checkIn)
	srv.measure("save a note", long, func() error { return c.note(next()) })
	rss, err := srv.peak()
	if err != nil {
		return err
	}
	fmt.Printf("peak memory                      %6.0f MB\n", rss)
	return nil
}

func (s *server) measure(name string, long time.Duration, one func() error) {
	if err := s.measured(name, long, one); err != nil {
		fmt.Printf("%-32s failed: %v\n", name, err)
	}
}

func (s *server) measured(name string, long time.Duration, one func() error) error {
	alone, _, err := load(1, long, one)
	if err != nil {
		return err
	}
	was := s.worked()
	many, times, err := load(8, long, one)
	if err != nil {
		return err
	}
	work := (s.worked() - was) / time.Duration(times)
	most, err := s.peak()
	if err != nil {
		return err
	}
	fmt.Printf("%-32s %7.2f ms %9.2f ms %11.0f %9.2f ms %11.0f MB\n", name, ms(at(alone, 0.5)), ms(at(many, 0.95)), float64(len(many))/(long.Seconds()*0.9), ms(work), most)
	return nil
}

// fewTimes is how often a thing is measured that a colleague may do so many times an hour and no more.
const fewTimes = 15

// few measures what cannot be done all the time: its median, and the longest it took.
func few(name string, one func() error) {
	var took []time.Duration
	for range fewTimes {
		t := time.Now()
		if err := one(); err != nil {
			fmt.Printf("%-32s failed: %v\n", name, err)
			return
		}
		took = append(took, time.Since(t))
	}
	fmt.Printf("%-32s %7.2f ms %9.2f ms  the longest of %d\n", name, ms(at(took, 0.5)), ms(at(took, 1)), fewTimes)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func at(ds []time.Duration, q float64) time.Duration {
	slices.Sort(ds)
	return ds[min(len(ds)-1, int(q*float64(len(ds))))]
}

// load lets n clients repeat one thing for a while. It tells how long each took, without the first tenth, which warms up, and how often
// it was done in all.
func load(n int, long time.Duration, one func() error) (all []time.Duration, times int, err error) {
	var mu sync.Mutex
	var first error
	begin := time.Now()
	warm := begin.Add(long / 10)
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			var mine []time.Duration
			done := 0
			for time.Since(begin) < long {
				t := time.Now()
				err := one()
				if err != nil {
					mu.Lock()
					if first == nil {
						first = err
					}
					mu.Unlock()
					return
				}
				done++
				if t.After(warm) {
					mine = append(mine, time.Since(t))
				}
			}
			mu.Lock()
			all, times = append(all, mine...), times+done
			mu.Unlock()
		})
	}
	wg.Wait()
	if first == nil && len(all) == 0 {
		first = errors.New("nothing was measured in this time")
	}
	return all, times, first
}

// server is the program under measure.
type server struct {
	cmd *exec.Cmd
	url string
}

func start(bin, data string, people int) (*server, time.Duration, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, 0, err
	}
	addr := ln.Addr().String()
	ln.Close()
	cmd := exec.Command(bin, "demo", "--listen", addr, "--data", data, "--people", fmt.Sprint(people))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, 0, err
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, 0, err
	}
	sc := bufio.NewScanner(out)
	for sc.Scan() {
		if strings.Contains(sc.Text(), addr) {
			took := time.Since(began)
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return &server{cmd, "http://" + addr}, took, nil
		}
	}
	return nil, 0, fmt.Errorf("the program stopped before it listened: %w", cmd.Wait())
}

// notes is how many a file must hold before it is measured: those that its page shows. Written in turns, they lie far from each other in
// the file of the database, as those of months do.
const notes = 20

// settle is how long the work may go on that a program does when it starts, before anything is measured.
const settle = 5 * time.Second

// heard waits until names are found as they are heard.
func (s *server) heard() (time.Duration, error) {
	began := time.Now()
	for {
		res, err := http.Get(s.url + "/gezondheid")
		if err != nil {
			return 0, err
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || strings.Contains(string(b), "names: ready") {
			return time.Since(began), err
		}
		if time.Since(began) > 5*time.Minute {
			return 0, errors.New("the names are not in memory after five minutes")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *server) stop() error {
	if s.cmd.ProcessState != nil {
		return nil
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return s.cmd.Process.Kill()
	}
}

// worked is how long the processors have worked for the program.
func (s *server) worked() time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * (time.Second / 100) // the kernel counts in hundredths
}

// peak is the highest memory of the program in MB.
func (s *server) peak() (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(b)
	if m == nil {
		return 0, errors.New("the system does not tell the memory of the program")
	}
	var kb float64
	_, err = fmt.Sscan(string(m[1]), &kb)
	return kb / 1000, err
}

// client is a signed-in colleague.
type client struct {
	http *http.Client
	base string
	n    atomic.Int64
}

func signIn(base, who string) (*client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &client{base: base, http: &http.Client{Jar: jar, Transport: lines{free: make(chan *line, 16)},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	code, _, err := c.post("/inloggen/demo", url.Values{"wie": {who}})
	if err != nil {
		return nil, err
	}
	if code != http.StatusSeeOther {
		return nil, fmt.Errorf("signing in as %s answered %d", who, code)
	}
	return c, nil
}

func (c *client) send(r *http.Request) (*http.Response, error) {
	r.Header.Set("Origin", c.base)
	r.Header.Set("Accept-Encoding", packed)
	return c.http.Do(r)
}

func (c *client) do(r *http.Request) (int, []byte, error) {
	res, err := c.send(r)
	if err != nil {
		return 0, nil, err
	}
	defer res.Body.Close()
	var body io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == packed {
		if body, err = gzip.NewReader(body); err != nil {
			return 0, nil, err
		}
	}
	b, err := io.ReadAll(body)
	return res.StatusCode, b, err
}

func (c *client) get(path string) error {
	r, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	res, err := c.send(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err = io.Copy(io.Discard, res.Body); err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s answered %d", path, res.StatusCode)
	}
	return err
}

func (c *client) post(path string, f url.Values) (int, []byte, error) {
	f.Set("_once", fmt.Sprintf("bench-%d-%d", time.Now().UnixNano(), c.n.Add(1)))
	r, err := http.NewRequest(http.MethodPost, c.base+path, strings.NewReader(f.Encode()))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.do(r)
}

func (c *client) links(path string, find *regexp.Regexp) ([]string, error) {
	r, err := http.NewRequest(http.MethodGet, c.base+path, nil)
	if err != nil {
		return nil, err
	}
	code, b, err := c.do(r)
	if err != nil || code != http.StatusOK {
		return nil, fmt.Errorf("GET %s answered %d: %w", path, code, err)
	}
	var out []string
	for _, m := range find.FindAllSubmatch(b, -1) {
		if !slices.Contains(out, string(m[1])) {
			out = append(out, string(m[1]))
		}
	}
	return out, nil
}

// note saves a contact as the form does: a topic, what was done, a sentence, ready.
func (c *client) note(file string) error {
	code, b, err := c.post(file+"/contact", url.Values{"topic": {"letter"}, "done": {"read"}, "next": {"ready"}, "visible": {"client"},
		"note": {"Brief van de gemeente samen gelezen en uitgelegd wat er staat."}})
	if err == nil && code != http.StatusSeeOther {
		err = fmt.Errorf("saving a note on %s answered %d: %.200s", file, code, b)
	}
	return err
}

// known asks, as the registration does at a key that is pressed, whether somebody is known: by ear and a day of birth.
func (c *client) known() error {
	code, b, err := c.post("/dossiers/bekend", url.Values{"called": {"Mohamad"}, "name": {"Mohamad", "Hoesseini"}, "role": {"own", "family"},
		"birth_day": {"12"}, "birth_month": {"3"}, "birth_year": {"1988"}})
	if err == nil && code != http.StatusOK {
		err = fmt.Errorf("asking whether somebody is known answered %d: %.200s", code, b)
	}
	return err
}

// checkIn lets somebody in at a desk by a name as it is heard; that one thing more is asked is an answer too.
func (c *client) checkIn() error {
	code, b, err := c.post("/spreekuur/inchecken", url.Values{"how": {"name"}, "name": {"Oksana Kowalenko"}, "day": {"21"}, "month": {"7"}, "year": {"1990"}})
	if err == nil && code != http.StatusSeeOther && code != http.StatusUnprocessableEntity {
		err = fmt.Errorf("checking in by name answered %d: %.200s", code, b)
	}
	return err
}
