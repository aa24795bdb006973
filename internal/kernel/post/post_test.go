package post

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"reisgezel/internal/kernel/clock"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/db/dbtest"
	"reisgezel/internal/kernel/privacy"
)

var lines = []db.Line{{Name: "post", FS: Schema}}

func TestAMessageIsCarriedOnceAndForgotten(t *testing.T) {
	dbtest.Each(t, lines, func(t *testing.T, d *db.DB) {
		ctx, c := t.Context(), d.Clock().(*clock.Manual)
		vault, err := privacy.Open(ctx, dbtest.SQLite(t, []db.Line{{Name: "keys", FS: privacy.KeySchema}}), make([]byte, 32))
		if err != nil {
			t.Fatal(err)
		}
		var carried []string
		fails := errors.New("no answer")
		o := New(d, vault, func(_ context.Context, to, text string) error {
			if fails != nil {
				return fails
			}
			carried = append(carried, to+" "+text)
			return nil
		}, slog.New(slog.DiscardHandler))
		send := func(to, text string, worth time.Duration) {
			t.Helper()
			if err := d.Tx(ctx, func(tx *db.Tx) error { _, err := o.Send(ctx, tx, to, text, worth); return err }); err != nil {
				t.Fatal(err)
			}
		}
		deliver := func() {
			t.Helper()
			if err := o.Deliver(ctx); err != nil {
				t.Fatal(err)
			}
		}
		left := func() int {
			n, err := db.One[int](ctx, d, db.F(`SELECT COUNT(*) FROM post_message`))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		send("+31612345678", "493817", 10*time.Minute)
		rows, err := db.Many[row](ctx, d, db.F(`SELECT id, body, until, tries FROM post_message`))
		if err != nil || len(rows) != 1 || strings.Contains(string(rows[0].Body), "493817") || strings.Contains(string(rows[0].Body), "612345678") {
			t.Fatalf("it stands open: %v %v", rows, err)
		}
		deliver()
		if left() != 1 {
			t.Fatal("what was not carried is gone")
		}
		fails = nil
		deliver()
		if len(carried) != 0 {
			t.Error("it was tried again at once")
		}
		c.Advance(Wait(1))
		deliver()
		deliver()
		if len(carried) != 1 || carried[0] != "+31612345678 493817" || left() != 0 {
			t.Errorf("carried %v, left %d", carried, left())
		}
		send("", "493817", time.Minute)
		send("+31600000000", "too late", time.Minute)
		c.Advance(time.Minute)
		deliver()
		if len(carried) != 1 || left() != 0 {
			t.Errorf("to nobody, and too late: %v, left %d", carried, left())
		}
		// Another node took it and died: after a while it is carried all the same.
		send("+31612345678", "again", time.Hour)
		if err := d.Tx(ctx, func(tx *db.Tx) error {
			_, err := db.Do(ctx, tx, db.F(`UPDATE post_message SET tries = 1, next = ?`, tx.Now.Add(held)))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		deliver()
		if len(carried) != 1 {
			t.Error("two nodes carry the same message")
		}
		c.Advance(held)
		deliver()
		if len(carried) != 2 {
			t.Error("a message that another node left is lost")
		}
	})
}

func TestWaitsGrowAndEnd(t *testing.T) {
	for n := 1; n < 40; n++ {
		if a, b := Wait(n), Wait(n+1); a > b || b > 2*time.Minute || a <= 0 {
			t.Errorf("after %d tries %v, after one more %v", n, a, b)
		}
	}
}

func TestTheAddressOfAGateway(t *testing.T) {
	for s, ok := range map[string]bool{
		"https://:geheim@gateway.example/send": true, "http://127.0.0.1:9/send": true, "http://gateway.example/send": false,
		"smtps://u:geheim@mail.example?from=us@example.org&to=gateway.example": true, "smtp://mail.example:587?from=us@example.org&to=gateway.example": true,
		"smtp://mail.example?from=us@example.org": false, "smtp://mail.example?to=gateway.example": false, "smtp://mail.example?from=a@b%0d%0aBcc:x&to=c": false,
		"ftp://geheim@x": false, "geheim": false, "": false, "://geheim": false,
	} {
		c, err := Carrier(s)
		if (err == nil) != ok || (c != nil) != ok {
			t.Errorf("%s: %v", s, err)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: the error tells the secret: %v", s, err)
		}
	}
}

func TestAGatewayOverHTTP(t *testing.T) {
	var got []string
	answer := http.StatusOK
	g := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got = append(got, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization")+" "+string(b))
		if answer == http.StatusFound {
			w.Header().Set("Location", "/elsewhere")
		}
		w.WriteHeader(answer)
	}))
	defer g.Close()
	c, err := Carrier(strings.Replace(g.URL, "http://", "http://:geheim@", 1) + "/send")
	if err != nil {
		t.Fatal(err)
	}
	if err := c(t.Context(), "+31612345678", "رمزك: 493817"); err != nil {
		t.Fatal(err)
	}
	if want := `POST /send Bearer geheim {"text":"رمزك: 493817","to":"+31612345678"}`; len(got) != 1 || got[0] != want {
		t.Errorf("%v, want %s", got, want)
	}
	for _, answer = range []int{http.StatusFound, http.StatusInternalServerError, http.StatusUnauthorized} {
		if err := c(t.Context(), "+31612345678", "x"); err == nil {
			t.Errorf("%d counts as carried", answer)
		}
	}
	if len(got) != 4 {
		t.Errorf("%d requests: it followed a redirect", len(got))
	}
	g.Close()
	if err := c(t.Context(), "+31612345678", "x"); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("nobody there: %v", err)
	}
}

// mailbox is a mail server that takes one mail, and tells what it was told.
func mailbox(t *testing.T, ehlo string) (addr string, said func() string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	done := make(chan string, 1)
	go func() {
		var b strings.Builder
		defer func() { done <- b.String() }()
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		r, say := bufio.NewReader(c), func(s string) { io.WriteString(c, s+"\r\n") }
		say("220 ready")
		data := false
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return
			}
			b.WriteString(line)
			switch {
			case data && line == ".\r\n":
				data = false
				say("250 taken")
			case data:
			case strings.HasPrefix(line, "EHLO"):
				say(ehlo)
			case strings.HasPrefix(line, "DATA"):
				data = true
				say("354 go on")
			case strings.HasPrefix(line, "QUIT"):
				say("221 bye")
				return
			default:
				say("250 fine")
			}
		}
	}()
	return l.Addr().String(), func() string { return <-done }
}

func TestAGatewayByMail(t *testing.T) {
	addr, said := mailbox(t, "250 hello")
	c, err := Carrier("smtp://" + addr + "?from=us@example.org&to=gateway.example")
	if err != nil {
		t.Fatal(err)
	}
	if err := c(t.Context(), "+31612345678", "رمزك: 493817"); err != nil {
		t.Fatal(err)
	}
	s := said()
	for _, want := range []string{"MAIL FROM:<us@example.org>", "RCPT TO:<31612345678@gateway.example>", "quoted-printable", "=D8=B1", "493817"} {
		if !strings.Contains(s, want) {
			t.Errorf("the mail lacks %q:\n%s", want, s)
		}
	}
}

func TestNothingIsMailedInTheOpen(t *testing.T) {
	addr, said := mailbox(t, "250 hello")
	m := Mail{Server: "mail.example:587", From: "us@example.org", Domain: "gateway.example", dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, addr)
	}}
	if err := m.Carry(t.Context(), "+31612345678", "493817"); err == nil || !strings.Contains(err.Error(), "no TLS") {
		t.Errorf("without TLS: %v", err)
	}
	if s := said(); strings.Contains(s, "493817") || strings.Contains(s, "612345678") {
		t.Errorf("it said:\n%s", s)
	}
}
