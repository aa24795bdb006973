package post

// This file speaks to the two kinds of gateway that carry messages.

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"net/smtp"
	"net/url"
	"strings"
	"time"
)

// Carry brings one message to a telephone. An error means that it may be tried again.
type Carry func(ctx context.Context, to, text string) error

// patience is how long a gateway may take for one message.
const patience = 15 * time.Second

// Carrier reads the address of a gateway, as an operator writes it:
//
//	https://:TOKEN@gateway.example/send
//	smtps://USER:PASSWORD@mail.example?from=us@example.org&to=gateway.example
//	smtp://mail.example:587?from=us@example.org&to=gateway.example
//
// Its error never repeats the address, which holds secrets.
func Carrier(address string) (Carry, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("the address of the gateway is no address")
	}
	password, _ := u.User.Password()
	switch {
	case u.Scheme == "https" || u.Scheme == "http" && here(u.Hostname()):
		u.User = nil
		return HTTP(u.String(), password), nil
	case u.Scheme == "http":
		return nil, fmt.Errorf("the address of the gateway must begin with https: codes never travel in the open")
	case u.Scheme == "smtp" || u.Scheme == "smtps":
		m := Mail{Server: u.Host, From: u.Query().Get("from"), Domain: u.Query().Get("to"), User: u.User.Username(), Password: password}
		if u.Port() == "" {
			m.Server = net.JoinHostPort(u.Hostname(), map[string]string{"smtp": "587", "smtps": "465"}[u.Scheme])
		}
		for _, x := range []string{m.From, "x@" + m.Domain} {
			if a, err := mail.ParseAddress(x); err != nil || a.Address != x {
				return nil, fmt.Errorf("a gateway that takes mail needs ?from=OUR@ADDRESS&to=DOMAIN.OF.THE.GATEWAY")
			}
		}
		return m.Carry, nil
	}
	return nil, fmt.Errorf("the address of the gateway must begin with https, smtps or smtp")
}

// here says whether a host is this very machine.
func here(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// HTTP posts {"to": "+31612345678", "text": "…"} to a gateway, with a bearer token. Every answer below 300 means that the gateway
// took it. It follows no redirect: a message must not go where nobody sent it.
func HTTP(address, token string) Carry {
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return func(ctx context.Context, to, text string) error {
		body, err := json.Marshal(map[string]string{"to": to, "text": text})
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(string(body)))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		a, err := client.Do(r)
		if err != nil {
			return bare(err)
		}
		defer a.Body.Close()
		_, _ = io.Copy(io.Discard, io.LimitReader(a.Body, 64<<10))
		if a.StatusCode >= 300 {
			return fmt.Errorf("the gateway answered %d", a.StatusCode)
		}
		return nil
	}
}

// bare takes the address out of an error of the client: it may hold a secret of the operator.
func bare(err error) error {
	if u, ok := err.(*url.Error); ok {
		return fmt.Errorf("the gateway cannot be reached: %w", u.Err)
	}
	return err
}

// Mail is a gateway that takes mail: the number stands before the @, the message is the text.
type Mail struct {
	Server   string // host:port
	From     string
	Domain   string // of the gateway, after the @
	User     string
	Password string

	dial func(ctx context.Context, network, address string) (net.Conn, error) // a test's way to a server of its own
}

// Carry sends one mail, over TLS from the first byte on port 465 and by STARTTLS elsewhere; only to this very machine may it go
// without.
func (m Mail) Carry(ctx context.Context, to, text string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	host, port, err := net.SplitHostPort(m.Server)
	if err != nil {
		return err
	}
	dial := m.dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	conn, err := dial(ctx, "tcp", m.Server)
	if err != nil {
		return err
	}
	defer conn.Close()
	if t, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(t)
	}
	if port == "465" {
		conn = tls.Client(conn, &tls.Config{ServerName: host})
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		return err
	}
	defer c.Close()
	if ok, _ := c.Extension("STARTTLS"); ok && port != "465" {
		if err := c.StartTLS(&tls.Config{ServerName: host}); err != nil {
			return err
		}
	} else if port != "465" && !here(host) {
		return fmt.Errorf("the mail server offers no TLS: nothing is sent in the open")
	}
	if m.User != "" {
		if err := c.Auth(smtp.PlainAuth("", m.User, m.Password, host)); err != nil {
			return err
		}
	}
	rcpt := strings.TrimPrefix(to, "+") + "@" + m.Domain
	if err := c.Mail(m.From); err != nil {
		return err
	}
	if err := c.Rcpt(rcpt); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "From: <%s>\r\nTo: <%s>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", m.From, rcpt); err != nil {
		return err
	}
	q := quotedprintable.NewWriter(w)
	if _, err := io.WriteString(q, text+"\r\n"); err != nil {
		return err
	}
	if err := q.Close(); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return c.Quit()
}
