// Package organisation knows the foundation itself: its regions, teams and locations, who works there in which post,
// and what it offers.
//
// It stands on the ground floor and knows no person the work is about. Other capabilities ask it where a desk stands,
// who leads a team and who stands in for whom. A colleague without a valid VOG holds no post that reaches a file, and
// that is decided here, so that nobody else can forget it.
//
// Services are the same everywhere. A location may differ, and then the difference is visible with its reason.
package organisation
