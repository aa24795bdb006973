package measure

// This file measures PostgreSQL's own trigram search, where there is a server.

import (
	"context"
	"errors"
	"os"

	"github.com/jackc/pgx/v5"

	"reisgezel/internal/kernel/clock"
)

func runPostgres(ctx context.Context, dsn string, people []Person, pairs []Pair, c clock.Clock) (Figures, error) {
	if dsn == "" && os.Getenv("PGHOST") == "" {
		return Figures{}, errors.New("no database was named")
	}
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return Figures{}, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	m := Method{Name: "pg_trgm", Build: func(ctx context.Context, people []Person) error {
		for _, sql := range []string{
			"CREATE EXTENSION IF NOT EXISTS pg_trgm",
			"CREATE TEMP TABLE measured (at int, name text)",
		} {
			if _, err := conn.Exec(ctx, sql); err != nil {
				return err
			}
		}
		ns := folded(people)
		_, err := conn.CopyFrom(ctx, pgx.Identifier{"measured"}, []string{"at", "name"},
			pgx.CopyFromSlice(len(ns), func(i int) ([]any, error) { return []any{int32(i), ns[i]}, nil }))
		if err != nil {
			return err
		}
		for _, sql := range []string{"CREATE INDEX ON measured USING gist (name gist_trgm_ops(siglen=64))", "ANALYZE measured"} {
			if _, err := conn.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	}, Search: func(ctx context.Context, name string, n int) ([]int, error) {
		rows, err := conn.Query(ctx, "SELECT at FROM measured ORDER BY name <-> $1, at LIMIT $2", fold(name), n)
		if err != nil {
			return nil, err
		}
		at, err := pgx.CollectRows(rows, pgx.RowTo[int32])
		out := make([]int, len(at))
		for i, a := range at {
			out[i] = int(a)
		}
		return out, err
	}}
	f, err := Run(ctx, m, people, pairs, c)
	if err != nil {
		return f, err
	}
	return f, conn.QueryRow(ctx, "SELECT pg_total_relation_size('measured')").Scan(&f.IndexBytes)
}
