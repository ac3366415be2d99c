package web

import (
	"strconv"
	"strings"
)

// acceptWeight returns the weight that an Accept or Accept-Encoding header gives to what is
// offered, a name in lower case: from 0, not wanted, to 1. The most specific range that matches
// counts (https://www.rfc-editor.org/rfc/rfc9110#section-12.5).
func acceptWeight(accept, offered string) float64 {
	weight, highest := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		found := specificity(strings.TrimSpace(name), offered)
		if found <= highest {
			continue
		}
		weight, highest = 1, found
		for parameter := range strings.SplitSeq(parameters, ";") {
			if name, value, _ := strings.Cut(strings.TrimSpace(parameter), "="); strings.EqualFold(name, "q") {
				weight, _ = strconv.ParseFloat(value, 64) // not a number: not wanted
			}
		}
	}
	return weight
}

// specificity returns how specifically a range such as gzip, text/* or */* matches what is
// offered: 0 if it does not match.
func specificity(name, offered string) int {
	name = strings.ToLower(name)
	kind, isKind := strings.CutSuffix(name, "/*")
	switch {
	case name == offered:
		return 3
	case name == "*", name == "*/*":
		return 1
	case isKind && strings.HasPrefix(offered, kind+"/"):
		return 2
	}
	return 0
}
