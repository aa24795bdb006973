package privacy

// This file says which counts may be shown of a place or a group.

// SmallBelow is the least count that is told as it is. Assumption: of fewer, who knows the place may know who they are.
const SmallBelow = 5

// Small is a count as it may be shown: one that is small says only below what it is. None is none.
func Small(n int) (shown int, small bool) {
	if n > 0 && n < SmallBelow {
		return SmallBelow, true
	}
	return n, false
}
