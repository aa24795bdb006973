package evidence

// This file asks whether a file holds a virus: a clamd beside the program, or, in a house that has none, only for the text
// with which scanners are tried.

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Scanner says whether a file is clean. An error means that it could not look; then nothing comes in.
type Scanner func(ctx context.Context, b []byte) (clean bool, err error)

// eicar is the harmless text that every scanner calls a virus, in two parts so that no scanner calls this program one.
var eicar = []byte(`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-` + `STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`)

// NoScanner knows the test text only.
func NoScanner(_ context.Context, b []byte) (bool, error) { return !bytes.Contains(b, eicar), nil }

// scanFor is how long a scanner may take over one file.
const scanFor = 30 * time.Second

// Clamd asks a clamd: at unix:/path/of/its/socket, or at host:port.
func Clamd(address string) Scanner {
	network := "tcp"
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		network, address = "unix", path
	}
	return func(ctx context.Context, b []byte) (bool, error) {
		ctx, stop := context.WithTimeout(ctx, scanFor)
		defer stop()
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return false, err
		}
		defer c.Close()
		until, _ := ctx.Deadline()
		if err := c.SetDeadline(until); err != nil {
			return false, err
		}
		// One piece with its length before it, and a piece of no length at the end.
		send := append([]byte("zINSTREAM\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(b)))...)
		for _, part := range [][]byte{send, b, make([]byte, 4)} {
			if _, err := c.Write(part); err != nil {
				return false, err
			}
		}
		answer, err := io.ReadAll(io.LimitReader(c, 4096))
		if err != nil {
			return false, err
		}
		switch said := strings.TrimRight(string(answer), "\x00\n"); {
		case said == "stream: OK":
			return true, nil
		case strings.HasSuffix(said, " FOUND"):
			return false, nil
		default:
			return false, fmt.Errorf("clamd answers %q", said)
		}
	}
}
