package db

// This file says what an error of a database means for a caller.

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"zombiezen.com/go/sqlite"

	"reisgezel/internal/kernel/fault"
)

// classify gives an error its kind. What is no error stays none.
func classify(act string, err error) error {
	if err == nil {
		return nil
	}
	if f := (*fault.Fault)(nil); errors.As(err, &f) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(fault.Unavailable, act, err)
	}
	switch code := sqlite.ErrCode(err); code {
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey:
		return fault.Wrap(fault.Conflict, act, err)
	default:
		switch code.ToPrimary() {
		case sqlite.ResultFull, sqlite.ResultReadOnly, sqlite.ResultIOErr, sqlite.ResultCantOpen, sqlite.ResultBusy, sqlite.ResultCorrupt,
			sqlite.ResultNotADB, sqlite.ResultNoMem, sqlite.ResultInterrupt:
			return fault.Wrap(fault.Unavailable, act, err)
		}
	}
	if e := (*pgconn.PgError)(nil); errors.As(err, &e) {
		switch {
		case e.Code == "23505":
			return fault.Wrap(fault.Conflict, act, err)
		case e.Code == "40001" || e.Code == "40P01": // two transactions in each other's way: trying again is right
			return fault.Wrap(fault.Unavailable, act, err)
		case strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57"), strings.HasPrefix(e.Code, "58"), strings.HasPrefix(e.Code, "08"), e.Code == "25006":
			return fault.Wrap(fault.Unavailable, act, err)
		}
	}
	if e := (*pgconn.ConnectError)(nil); errors.As(err, &e) {
		return fault.Wrap(fault.Unavailable, act, err)
	}
	return fault.Wrap(fault.Internal, act, err)
}

// ruins says whether SQLite may have rolled the whole transaction back with this error, so that a savepoint can no
// longer be trusted.
func ruins(err error) bool {
	switch sqlite.ErrCode(err).ToPrimary() {
	case sqlite.ResultFull, sqlite.ResultIOErr, sqlite.ResultNoMem, sqlite.ResultInterrupt, sqlite.ResultCorrupt, sqlite.ResultBusy, sqlite.ResultReadOnly:
		return true
	}
	return false
}

// unsynced says whether the disk refused to make a commit durable. After that the page cache and the disk may differ, and
// a second try would report success for what was lost, so the program must stop. A full disk is none of these: SQLite tells
// it apart, and nothing was promised.
func unsynced(err error) bool {
	return sqlite.ErrCode(err).ToPrimary() == sqlite.ResultIOErr
}
