package main

import "strconv"

// count returns a number of things, whose plural ends in s: "1 page", "2 pages".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}
