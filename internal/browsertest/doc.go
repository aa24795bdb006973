// Package browsertest drives a real Chromium from a Go test: pages as people get them, with and without scripts, on a phone
// and on a desk, by light and by dark, and the accessibility checker on top.
//
// It speaks to the browser over a pipe, in its own protocol, with the standard library only: a test needs Chromium and
// nothing else. Every visitor that New makes has cookies of its own, so that a volunteer and a refugee can meet in one test.
// Whatever a person would wait for is waited for, up to a limit; nothing sleeps.
//
// What is missing on a machine is said and the test is skipped; with REISGEZEL_REQUIRE_ALL=1, as in CI, it fails. Only tests
// import this package.
package browsertest
