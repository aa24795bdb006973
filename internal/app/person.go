package app

// This file is what an operator does for one person who asks for it, at the keyboard of the server: give everything that is
// kept, or forget it. Both stand in the access log before they happen.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"reisgezel/internal/kernel/access"
	"reisgezel/internal/kernel/audit"
	"reisgezel/internal/kernel/db"
	"reisgezel/internal/kernel/fault"
)

// person is `reisgezel person export ID` and `reisgezel person erase ID --sure`.
func person(ctx context.Context, args []string, out, errs io.Writer, getenv func(string) string) error {
	if len(args) < 2 || (args[0] != "export" && args[0] != "erase") {
		return ErrUsage
	}
	what, id, rest := args[0], args[1], slices.Clone(args[2:])
	at := slices.Index(rest, "--sure")
	if at >= 0 {
		rest = slices.Delete(rest, at, at+1)
	}
	h, err := unserved(ctx, rest, errs, getenv)
	if err != nil {
		return err
	}
	defer h.Close()
	if _, err := h.Vault.Key(ctx, id); fault.Is(err, fault.NotFound) {
		return fmt.Errorf("there is no file %s: the id stands in the address of the file, after /dossier/", id)
	} else if err != nil {
		return err
	}
	if what == "export" {
		return h.Export(ctx, id, out)
	}
	if at < 0 {
		return errors.New("nothing was erased: erasing cannot be undone, not even from a backup; give what is kept first (`reisgezel person export`), then add --sure")
	}
	if err := h.byOperator(ctx, "app.event.erased", id); err != nil {
		return err
	}
	if err := h.Erase(ctx, id); err != nil {
		return err
	}
	fmt.Fprintf(out, "Everything of %s is gone, and the key with it. Backups of the key store are the last copy: let them pass their term.\n", id)
	return nil
}

// Export writes everything that is kept of a person, as one JSON object with a part for each capability.
func (h *House) Export(ctx context.Context, person string, out io.Writer) error {
	if err := h.byOperator(ctx, "app.event.exported", person); err != nil {
		return err
	}
	all := map[string]any{}
	for _, k := range h.Keepers() {
		part, err := k.Export(ctx, h.DB, h.Vault, person)
		if err != nil {
			return fmt.Errorf("export %s: %w", k.Name, err)
		}
		all[k.Name] = part
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(all)
}

func (h *House) byOperator(ctx context.Context, event, person string) error {
	return h.DB.Tx(ctx, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Entry{Event: event, Subject: person, Actor: "operator", ActorKind: string(access.Machine)})
	})
}
