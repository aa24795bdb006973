// Package db speaks one subset of SQL to two databases: the embedded SQLite and PostgreSQL.
//
// SQL is written as constants (F takes no other text), values never enter it. Reading goes through the pool of DB,
// writing through Tx. On SQLite one goroutine owns the only writing connection and commits the work of many callers at
// once, each in a savepoint of its own; an acknowledged write has been synced to the disk.
//
// Instants are stored as milliseconds (BIGINT), days as text, ids are made in Go.
package db
