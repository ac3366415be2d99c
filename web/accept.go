package web

import (
	"strconv"
	"strings"
)

// acceptWeight returns the weight that an Accept or Accept-Encoding header gives to what is
// offered, from 0, not wanted, to 1. The most specific range that matches counts
// (https://www.rfc-editor.org/rfc/rfc9110#section-12.5).
func acceptWeight(accept, offered string) float64 {
	weight, closest := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		closeness := closenessOf(strings.TrimSpace(name), offered)
		if closeness <= closest {
			continue
		}
		weight, closest = 1, closeness
		for parameter := range strings.SplitSeq(parameters, ";") {
			if value, ok := strings.CutPrefix(strings.TrimSpace(parameter), "q="); ok {
				weight, _ = strconv.ParseFloat(value, 64) // not a number: not wanted
			}
		}
	}
	return weight
}

// closenessOf returns how specifically a range such as gzip, text/* or */* matches what is
// offered: 0 if it does not match.
func closenessOf(name, offered string) int {
	kind, isKind := strings.CutSuffix(name, "/*")
	switch {
	case strings.EqualFold(name, offered):
		return 3
	case name == "*", name == "*/*":
		return 1
	case isKind && strings.HasPrefix(offered, kind+"/"):
		return 2
	}
	return 0
}
