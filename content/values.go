package content

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// scalar refuses lists, mappings and what refuseControl refuses.
func scalar(value *yaml.Node) error {
	if value.Kind != yaml.ScalarNode {
		return errors.New("not a single value")
	}
	return refuseControl(value.Value)
}

// yamlEscapes are the letters of the escapes for control characters in double quotes.
var yamlEscapes = map[rune]byte{0: '0', '\a': 'a', '\b': 'b', '\v': 'v', '\f': 'f', '\r': 'r', 0x1B: 'e'}

// isPrivateUse reports whether r is one of the private-use characters
// (https://www.unicode.org/faq/private_use.html) that rendering puts between formulas and
// words.
func isPrivateUse(r rune) bool { return '\uE000' <= r && r <= '\uE002' }

func privateUseError(r rune) error {
	return fmt.Errorf("character %U is for private use and shows nothing: remove it", r)
}

// refuseControl refuses control characters below U+0020, except \n and \t, and those that
// isPrivateUse reports. Control characters come only from escapes in double quotes, most of
// which were meant as the beginning of a LaTeX command.
func refuseControl(value string) error {
	for i, c := range value {
		if isPrivateUse(c) {
			return privateUseError(c)
		}
		if c >= ' ' || c == '\n' || c == '\t' {
			continue
		}
		escape, ok := yamlEscapes[c]
		if !ok {
			return fmt.Errorf("control character %U: remove it", c)
		}
		word := string(escape) + leadingLetters(value[i+1:])
		return fmt.Errorf(`\%c in double quotes is YAML for a control character: write \\%s, or put the value below >-`, escape, word)
	}
	return nil
}

// leadingLetters returns the letters that text begins with.
func leadingLetters(text string) string {
	return text[:len(text)-len(strings.TrimLeftFunc(text, func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}))]
}

// text returns a value with its white space folded.
func text(value *yaml.Node) (string, error) {
	if err := scalar(value); err != nil || value.Tag == "!!null" {
		return "", err
	}
	return FoldSpace(value.Value), nil
}

// maxPhrase is how many characters a phrase may have: about four times the longest in real
// posts. It keeps lists small, which show phrases of each of their posts.
const maxPhrase = 2000

// phrase returns a text that pages show, of at most maxPhrase characters.
func phrase(value *yaml.Node) (string, error) {
	s, err := text(value)
	if n := utf8.RuneCountInString(s); n > maxPhrase {
		return "", fmt.Errorf("%d characters, more than %d", n, maxPhrase)
	}
	return s, err
}

// texts returns the texts of a list. A single value is a list of one.
func texts(value *yaml.Node) ([]string, error) {
	if value.Tag == "!!null" {
		return nil, nil
	}
	if value.Kind == yaml.ScalarNode {
		s, err := text(value)
		if err != nil || s == "" {
			return nil, err
		}
		return []string{s}, nil
	}
	if value.Kind != yaml.SequenceNode {
		return nil, errors.New("not a list")
	}
	var list []string
	for _, item := range value.Content {
		s, err := text(item)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func integer(value *yaml.Node) (int64, error) {
	s, err := text(value)
	if err != nil || s == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number", s)
	}
	return n, nil
}

func number(value *yaml.Node) (*float64, error) {
	s, err := text(value)
	if err != nil || s == "" {
		return nil, err
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("%q is not a number", s)
	}
	return &f, nil
}

func boolean(value *yaml.Node) (bool, error) {
	s, err := text(value)
	if err != nil || s == "" {
		return false, err
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on", "1":
		return true, nil
	case "false", "no", "off", "0":
		return false, nil
	}
	return false, fmt.Errorf("%q is neither true nor false", s)
}

// dateForms are the YAML timestamps (https://yaml.org/type/timestamp.html) that posts use, and
// Jekyll's form.
var dateForms = []string{time.DateOnly, time.RFC3339Nano, "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05 -0700",
	"2006-01-02T15:04:05", time.DateTime}

func date(value *yaml.Node) (time.Time, error) {
	s, err := text(value)
	if err != nil || s == "" {
		return time.Time{}, err
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, s); err == nil {
			if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
				break
			}
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a date such as 2025-01-31", s)
}
