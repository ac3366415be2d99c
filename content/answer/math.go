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

// Bounds of what is remembered: about as many formulas as a large library has.
const (
	mostCached = 16384
	mostMade   = 32768
)

// unknownReason is the reason of a formula that failed in an earlier load.
const unknownReason = "the formula engine cannot read it"

// made is what became of a formula.
type made struct {
	mathML string
	reason string // why there is no MathML
	text   string
	// isWaste is that of a refusedError.
	isWaste bool
}

// widestNarrow is how many characters of text a formula has, with what is attached
// to it, that is sure to fit a narrow screen.
const widestNarrow = 25

func isWide(text string) bool { return utf8.RuneCountInString(text) > widestNarrow }

// formulas makes MathML of formulas, each one once.
type formulas struct {
	known   func(Formula) (string, bool)
	engines *engines
	cache   *lru.Cache[Formula, made]
	making  singleflight.Group

	mutex sync.Mutex
	new   []MadeFormula
}

func newFormulas(known func(Formula) (string, bool)) *formulas {
	cache, err := lru.New[Formula, made](mostCached)
	if err != nil {
		panic(err) // the size is a constant and right
	}
	return &formulas{known: known, engines: newEngines(), cache: cache}
}

// mostWaste is how many formulas of a text may come to nothing after as much work as the
// engine may do: a text could hold thousands.
const mostWaste = 3

// makeAll makes all formulas of a scanned text. An error says that the engine
// cannot be started; a formula that it cannot read is none.
func (m *formulas) makeAll(s *scanned) error {
	waste := 0
	for i := range s.formulas {
		f := s.formulas[i].Formula
		if waste == mostWaste {
			s.formulas[i].made = made{reason: "the formulas before it took too long", text: formulaText(f.Source)}
			continue
		}
		got, err := m.get(f)
		if err != nil {
			return err
		}
		if got.isWaste {
			waste++
		}
		s.formulas[i].made = got
	}
	return nil
}

// get returns what became of f.
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
		got.reason, got.isWaste = refused.reason, refused.isWaste
	case err != nil:
		return made{}, err
	default:
		got.mathML = mathML
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if len(m.new) < mostMade {
		m.new = append(m.new, MadeFormula{f, got.mathML})
	}
	return got, nil
}

// takeMade returns and forgets the formulas that the engine was asked for.
func (m *formulas) takeMade() []MadeFormula {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	taken := m.new
	m.new = nil
	return taken
}
