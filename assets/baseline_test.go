package assets_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"quicktakes/assets"
)

// oldFunctions are the CSS functions that the oldest supported browsers have: Chromium 92,
// Firefox 115 and Safari 15.4.
var oldFunctions = []string{
	"attr", "calc", "clamp", "format", "grayscale", "inset", "linear-gradient", "max", "min", "minmax", "repeat",
	"repeating-linear-gradient", "rgb", "skewX", "translateX", "url", "var",
}

// In a custom property, an unknown function invalidates every declaration that uses the
// property, instead of being skipped. New functions therefore belong in @supports.
func TestStylesAskForNewFunctions(t *testing.T) {
	function := regexp.MustCompile(`[\w-]+\(`)
	for _, name := range assets.StyleNames() {
		eachRule(assets.Style(name).Text, func(selectors, declarations string, asked bool) {
			for _, found := range function.FindAllString(declarations, -1) {
				if !asked && !slices.Contains(oldFunctions, strings.TrimSuffix(found, "(")) {
					t.Errorf("%s: %s has %s) outside of @supports", name, selectors, found)
				}
			}
		})
	}
}

// oldPseudos are the pseudo-classes and pseudo-elements that the oldest browsers have.
var oldPseudos = []string{
	":checked", ":empty", ":first-child", ":focus", ":focus-visible", ":hover", ":is", ":last-child", ":not", ":nth-child",
	":root", ":visited", "::after", "::backdrop", "::before", "::file-selector-button", "::marker", "::placeholder",
}

// A browser that does not know one of the selectors of a rule drops the rule for all of
// them.
func TestStylesHaveNewSelectorsInRulesOfTheirOwn(t *testing.T) {
	pseudo := regexp.MustCompile(`::?[\w-]+`)
	isNew := func(selector string) bool {
		return slices.ContainsFunc(pseudo.FindAllString(selector, -1), func(found string) bool { return !slices.Contains(oldPseudos, found) })
	}
	isOld := func(selector string) bool { return !isNew(selector) }
	for _, name := range assets.StyleNames() {
		eachRule(assets.Style(name).Text, func(selectors, _ string, asked bool) {
			list := splitSelectors(selectors)
			if !asked && slices.ContainsFunc(list, isNew) && slices.ContainsFunc(list, isOld) {
				t.Errorf("%s: one rule for %s", name, selectors)
			}
		})
	}
}

// splitSelectors splits a selector list.
func splitSelectors(list string) []string {
	depth := 0
	return strings.FieldsFunc(list, func(r rune) bool {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		return r == ',' && depth == 0
	})
}

// eachRule calls do for each rule of a minified style sheet. asked says whether the rule
// is inside @supports.
func eachRule(css string, do func(selectors, declarations string, asked bool)) {
	var open []string // preludes of the enclosing blocks
	for {
		brace := strings.IndexAny(css, "{}")
		if brace < 0 {
			return
		}
		before, isOpening := css[:brace], css[brace] == '{'
		css = css[brace+1:]
		if isOpening {
			open = append(open, before)
			continue
		}
		around := open[:len(open)-1]
		if before != "" {
			isSupports := func(rule string) bool { return strings.HasPrefix(rule, "@supports") }
			do(open[len(open)-1], before, slices.ContainsFunc(around, isSupports))
		}
		open = around
	}
}
