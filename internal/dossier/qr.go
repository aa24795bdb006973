package dossier

// This file draws the QR code of a card as one path, so that it prints sharply and needs no picture file.

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// qrPath is the path of the black squares and how many squares wide the code is. The code holds the address of the
// sign-in page with the card's characters, which open nothing without the person's PIN.
func qrPath(host, code string) (path string, size int, err error) {
	c, err := qr.Encode("https://"+host+"/mijn/inloggen?kaart="+code, qr.M)
	if err != nil {
		return "", 0, fmt.Errorf("dossier: draw the card: %w", err)
	}
	var b strings.Builder
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return b.String(), c.Size, nil
}
