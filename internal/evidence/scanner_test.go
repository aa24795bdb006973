package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"testing"
)

// clamd answers as one would, and keeps what it was given.
func clamd(t *testing.T, answer string) (address string, got chan []byte) {
	t.Helper()
	address = filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	got = make(chan []byte, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		r := bufio.NewReader(c)
		if s, err := r.ReadString(0); err != nil || s != "zINSTREAM\x00" {
			return
		}
		var all []byte
		for {
			var n uint32
			if binary.Read(r, binary.BigEndian, &n) != nil {
				return
			}
			if n == 0 {
				break
			}
			b := make([]byte, n)
			if _, err := io.ReadFull(r, b); err != nil {
				return
			}
			all = append(all, b...)
		}
		got <- all
		_, _ = io.WriteString(c, answer)
	}()
	return "unix:" + address, got
}

func TestAskingClamd(t *testing.T) {
	file := bytes.Repeat([]byte("a file "), 20000)
	for _, x := range []struct {
		answer     string
		clean, bad bool
	}{{"stream: OK\x00", true, false}, {"stream: Eicar-Signature FOUND\x00", false, false}, {"INSTREAM size limit exceeded. ERROR\x00", false, true}, {"", false, true}, {"stream: OK and more", false, true}} {
		address, got := clamd(t, x.answer)
		clean, err := Clamd(address)(t.Context(), file)
		if clean != x.clean || (err != nil) != x.bad {
			t.Errorf("%q: %v %v", x.answer, clean, err)
		}
		if !bytes.Equal(<-got, file) {
			t.Errorf("%q: it was given something else", x.answer)
		}
	}
	if clean, err := Clamd("unix:"+filepath.Join(t.TempDir(), "nobody"))(t.Context(), file); clean || err == nil {
		t.Error("nobody is there, and the file is clean")
	}
	if clean, err := NoScanner(t.Context(), append([]byte("%PDF-1.7 "), eicar...)); clean || err != nil {
		t.Error("the test virus is not known")
	}
}
