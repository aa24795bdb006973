// Package pilot is trying something new, and finding out whether it helps: for people for whom there is nothing yet.
//
// Before it starts stand the hypothesis, the goal, what it takes to start and what makes us stop. At the start these are locked; what
// changes after that is added with its reason, and what stood there stays. Measures are named before, and none is taken away
// afterwards; where there is something to compare with, the comparison stands beside them. At the end somebody decides, with reasons and
// by name: stop, continue, embed or hand over. Every colleague reads the decisions. No person stands in a pilot.
package pilot
