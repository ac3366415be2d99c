package answer

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"unicode/utf8"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"
)

// How many formulas are kept in memory: about as many as a large library has.
const (
	maxCached = 16384
	maxMade   = 32768
)

// unknownReason is given where the engine's own reason is unknown or would not help a writer.
const unknownReason = "the formula engine cannot read it"

// made is the result of rendering a formula.
type made struct {
	mathML       string
	reason       string // why there is no MathML
	text         string
	reachedLimit bool // as in refusedError
}

// maxNarrowLength is how many characters of text a formula may have, with what is attached to
// it, and still be sure to fit on a narrow screen.
const maxNarrowLength = 25

func isWide(text string) bool { return utf8.RuneCountInString(text) > maxNarrowLength }

// formulas turns formulas into MathML, each only once.
type formulas struct {
	known   func(Formula) (string, bool)
	engines *engines
	cache   *lru.Cache[Formula, made]
	making  singleflight.Group

	mutex sync.Mutex
	new   []MadeFormula
}

func newFormulas(known func(Formula) (string, bool)) *formulas {
	cache, err := lru.New[Formula, made](maxCached)
	if err != nil {
		panic(err) // cannot happen: the size is a positive constant
	}
	return &formulas{known: known, engines: newEngines(), cache: cache}
}

// maxLimitsReached is how many formulas of a text may reach a limit of the engine before the
// rest are given up: a text could hold thousands.
const maxLimitsReached = 3

// makeAll renders all formulas of a scanned text. It returns an error only if the engine
// cannot be started, not for a formula that it cannot read.
func (m *formulas) makeAll(s *scanned) error {
	limitsReached := 0
	for i := range s.formulas {
		f := s.formulas[i].Formula
		if limitsReached == maxLimitsReached {
			s.formulas[i].made = made{reason: "the formulas before it took too long", text: formulaText(f.Source)}
			continue
		}
		got, err := m.get(f)
		if err != nil {
			return err
		}
		if got.reachedLimit {
			limitsReached++
		}
		s.formulas[i].made = got
	}
	return nil
}

// get returns the result of rendering f, from the cache if it is there.
func (m *formulas) get(f Formula) (made, error) {
	if got, ok := m.cache.Get(f); ok {
		return got, nil
	}
	got, err, _ := m.making.Do(strconv.FormatBool(f.Display)+f.Source, func() (any, error) {
		if got, ok := m.cache.Get(f); ok {
			return got, nil
		}
		got, err := m.make(f)
		if err != nil {
			return nil, fmt.Errorf("formula %q: %w", f.Source, err)
		}
		got.text = formulaText(f.Source)
		m.cache.Add(f, got)
		return got, nil
	})
	if err != nil {
		return made{}, err
	}
	return got.(made), nil
}

// make asks known and then the engine.
func (m *formulas) make(f Formula) (made, error) {
	if m.known != nil {
		if mathML, ok := m.known(f); ok {
			if mathML == "" {
				return made{reason: unknownReason}, nil
			}
			return made{mathML: mathML}, nil
		}
	}
	var got made
	mathML, err := m.engines.mathML(f)
	if err == nil {
		mathML, err = cleanMathML(mathML)
	}
	var refused refusedError
	switch {
	case errors.As(err, &refused):
		got.reason, got.reachedLimit = refused.reason, refused.reachedLimit
	case err != nil:
		return made{}, err
	default:
		got.mathML = mathML
	}
	if got.reachedLimit { // not to be stored: with less load on the machine it may be within the limits
		return got, nil
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if len(m.new) < maxMade {
		m.new = append(m.new, MadeFormula{f, got.mathML})
	}
	return got, nil
}

// takeMade is Renderer.TakeMade.
func (m *formulas) takeMade() []MadeFormula {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	taken := m.new
	m.new = nil
	return taken
}
