package answer

import (
	_ "embed"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"modernc.org/quickjs"
)

// Temml reads LaTeX and writes MathML; mhchem adds \ce and \pu to it.
var (
	//go:embed temml/temml.min.js
	temmlScript string
	//go:embed temml/mhchem.min.js
	mhchemScript string
)

// mendedTemml is Temml with two bugs fixed: of a number within a word, such as \mathrm{C6H12},
// it kept only the first digit, and \overset set a superscript instead of a text above. Like
// MathJax, it lets \newcommand define a command that exists, and \renewcommand one that does not.
var mendedTemml = func() string {
	script := temmlScript
	for _, mend := range [][2]string{
		{
			"+=s.children[t].children[0].children?s.children[t].children[0].children[0].text:s.children[t].children[0].text",
			`+=(s.children[t].children[0].children?s.children[t].children[0]:s.children[t]).children.map(e=>e.text).join("")`,
		},
		{
			`m=r&&"op"===r.type&&r.limits&&(t.level===Xe||r.alwaysHandleSupSub)||r&&"operatorname"===r.type&&r.alwaysHandleSupSub&&(r.limits||t.level===Xe)?"mover"`,
			`m=e.stack||r&&"op"===r.type&&r.limits&&(t.level===Xe||r.alwaysHandleSupSub)||r&&"operatorname"===r.type&&r.alwaysHandleSupSub&&(r.limits||t.level===Xe)?"mover"`,
		},
		{`if(o&&"\\newcommand"===r)`, `if(false)`},
		{`if(!o&&"\\renewcommand"===r)`, `if(false)`},
	} {
		if strings.Count(script, mend[0]) != 1 {
			panic("answer: temml.min.js has no " + mend[0]) // its checksum is tested
		}
		script = strings.Replace(script, mend[0], mend[1], 1)
	}
	return script
}()

// formulaScript calls Temml such that nothing reaches beyond the formula, no macro expands
// without end and no box is larger than a page. Temml drops the line breaks of a display
// formula outside of tables; here each line becomes an mrow of its own. Several elements that
// form one argument, such as an operator's name with something below it, get an mrow too.
const formulaScript = `
temml.__defineMacro("\\allowbreak", ""); // otherwise it would look like a line break
function groupArguments(node, Row) {
	if (/^m(frac|root|sub|sup|subsup|under|over|underover)$/.test(node.type)) {
		node.children = node.children.map(child => (!child.type && child.children?.length > 1 ? new Row("mrow", child.children) : child));
	}
	for (const child of node.children ?? []) groupArguments(child, Row);
}
function formula(source, display) {
	const tree = temml.__renderToMathMLTree(source, {
		displayMode: display,
		annotate: true,
		throwOnError: true,
		trust: false,
		maxExpand: 1000,
		maxSize: [10, 150], // in em and in points
	});
	groupArguments(tree, tree.children[0].constructor);
	let row = tree.children[0].children[0];
	if (!row.type && row.children.length === 1) row = row.children[0]; // in a fragment
	const isBreak = node => node.type === "mo" && node.children.length === 0;
	if (display && row.type === "mrow" && row.children.some(isBreak)) {
		const lines = [[]];
		for (const node of row.children) {
			if (isBreak(node)) lines.push([]);
			else lines[lines.length - 1].push(node);
		}
		const Row = row.constructor;
		row.children = lines.map(line => new Row("mrow", line));
		row.classes = ["lines"];
	}
	return tree.toMarkup();
}`

// commandScript adds the commands that KaTeX or MathJax knows and Temml does not.
var commandScript = func() string {
	var script strings.Builder
	for name, meaning := range synonyms {
		fmt.Fprintf(&script, "temml.__defineMacro(%q, %q);\n", `\`+name, `\`+meaning)
	}
	for name, sign := range numberSets {
		fmt.Fprintf(&script, "temml.__defineMacro(%q, %q);\n", `\`+name, sign)
	}
	for _, name := range functions {
		fmt.Fprintf(&script, "temml.__defineMacro(%q, %q);\n", `\`+name, `\operatorname{`+name+`}`)
	}
	script.WriteString(`
temml.__defineMacro("\\abs", "\\left|#1\\right|");
temml.__defineMacro("\\norm", "\\left\\|#1\\right\\|");
temml.__defineMacro("\\require", context => { context.consumeArgs(1); return ""; }); // all is loaded`)
	return script.String()
}()

// Bounds that no formula of a real post comes near.
const (
	maxSourceBytes = 8 << 10   // bytes of LaTeX
	maxMathMLBytes = 512 << 10 // bytes
	formulaTimeout = 2 * time.Second
	engineMemory   = 64 << 20
)

// engine is one instance of Temml. It must be used by one goroutine at a time.
type engine struct {
	vm *quickjs.VM
}

func newEngine() (_ *engine, err error) {
	defer recoverEngine(&err)
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start the formula engine: %w", err)
	}
	vm.SetMemoryLimit(engineMemory)
	for _, script := range []string{mendedTemml, mhchemScript, formulaScript, commandScript} {
		if _, err := vm.Eval(script, quickjs.EvalGlobal); err != nil {
			return nil, errors.Join(fmt.Errorf("start the formula engine: %w", err), vm.Close())
		}
	}
	if err := vm.SetEvalTimeout(formulaTimeout); err != nil {
		return nil, errors.Join(fmt.Errorf("start the formula engine: %w", err), vm.Close())
	}
	return &engine{vm}, nil
}

// mathML returns Temml's MathML for f. The error is a refusedError if the
// formula is at fault; after any other error the engine must not be used again.
func (e *engine) mathML(f Formula) (mathML string, err error) {
	defer recoverEngine(&err)
	result, err := e.vm.Call("formula", f.Source, f.Display)
	if err != nil {
		var thrown *quickjs.Error
		if errors.As(err, &thrown) && (thrown.Name != "InternalError" || thrown.Message == "stack overflow") {
			reason := reasonOf(thrown)
			return "", refusedError{reason, strings.HasPrefix(reason, endlessMacro)}
		}
		return "", fmt.Errorf("formula engine: %w", err)
	}
	mathML, ok := result.(string)
	if !ok || len(mathML) > maxMathMLBytes {
		return "", refusedError{reason: "its MathML is too long"}
	}
	return mathML, nil
}

// endlessMacro is the beginning of Temml's message about macros without end.
const endlessMacro = "Too many expansions"

// reasonOf returns why Temml cannot read a formula. Where Temml itself failed, its message helps
// only its developers.
func reasonOf(thrown *quickjs.Error) string {
	switch thrown.Name {
	case "TypeError", "RangeError", "ReferenceError":
		return unknownReason
	}
	return firstLine(thrown.Message)
}

func (e *engine) close() (err error) {
	defer recoverEngine(&err)
	return e.vm.Close()
}

// recoverEngine turns a panic of the engine into an error.
func recoverEngine(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("formula engine panicked: %v", r)
	}
}

// refusedError says why the engine cannot read a formula.
type refusedError struct {
	reason       string
	reachedLimit bool // the engine reached a limit of time, memory or expansions
}

func (e refusedError) Error() string { return e.reason }

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(strings.TrimSpace(line), ":")
}

// engines is a pool of engines, started when they are needed, at most one per processor.
type engines struct {
	working chan struct{} // holds one value for each engine at work
	mutex   sync.Mutex
	idle    []*engine
}

func newEngines() *engines {
	return &engines{working: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// mathML returns an engine's MathML for f. The error is a refusedError if the formula is at
// fault.
func (e *engines) mathML(f Formula) (string, error) {
	if len(f.Source) > maxSourceBytes {
		return "", refusedError{reason: fmt.Sprintf("longer than %d bytes", maxSourceBytes)}
	}
	e.working <- struct{}{}
	defer func() { <-e.working }()
	one, err := e.take()
	if err != nil {
		return "", err
	}
	mathML, err := one.mathML(f)
	var refused refusedError
	if err != nil && !errors.As(err, &refused) {
		// Out of time or memory, or worse: the state of the engine is unknown, so it is thrown
		// away, and the formula counts as one that cannot be read.
		problem := strings.ReplaceAll(errors.Join(err, one.close()).Error(), "\n", "; ")
		return "", refusedError{"it takes more time or memory than a formula may: " + problem, true}
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.idle = append(e.idle, one)
	return mathML, err
}

func (e *engines) take() (*engine, error) {
	e.mutex.Lock()
	if n := len(e.idle); n > 0 {
		one := e.idle[n-1]
		e.idle = e.idle[:n-1]
		e.mutex.Unlock()
		return one, nil
	}
	e.mutex.Unlock()
	return newEngine()
}

// close frees the idle engines. The pool can still be used: it starts new ones.
func (e *engines) close() error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	var errs []error
	for _, one := range e.idle {
		errs = append(errs, one.close())
	}
	e.idle = nil
	return errors.Join(errs...)
}
