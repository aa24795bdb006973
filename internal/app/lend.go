package app

// This file joins rooms that do not know each other, where what one lends must be put into the words of the other.

import (
	"context"

	"reisgezel/internal/question"
)

// letterPicture lets the room of papers read the photograph of a letter that comes with a question.
func (h *House) letterPicture(ctx context.Context, b []byte) (question.Picture, error) {
	p, err := h.Evidence.Take(ctx, b)
	return question.Picture{Kind: p.Type.Mime(), Whole: p.Bytes, Small: p.Preview}, err
}
