// Package web carries a request to a handler and its answer back: named routes, sessions, who is asking, forms that
// write once, and the one place where a fault becomes a page.
//
// A handler takes a *Visit and returns an error. Everything it shows is rendered into memory first and written last,
// so a page is whole or it is a fault page, and nothing of a file leaves before its access-log entry is committed.
// The kernel knows no layout: the app lends it the pages for faults.
package web
