package app

// This file lets signals have photographs, without that room knowing who reads pictures.

import (
	"context"

	"reisgezel/internal/evidence"
	"reisgezel/internal/kernel/fault"
)

// signalPicture gives a photograph small, and written anew.
func (h *House) signalPicture(ctx context.Context, b []byte) ([]byte, error) {
	p, err := h.Evidence.Take(ctx, b)
	if err == nil && p.Type != evidence.JPEG && p.Type != evidence.PNG {
		err = fault.Fields{{Name: "file", Key: "knelpunt.error.photokind"}}.Err()
	}
	return p.Preview, err
}
