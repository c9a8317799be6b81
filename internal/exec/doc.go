// Package exec executes templates, as text/template does and with the same results and errors, in a
// fraction of the time.
//
// [Compile] makes a [Program] of the parse trees of text/template; [EscapeHTML] gives those that
// html/template escapes. A [Machine] has functions and runs programs, one at a time:
//
//	trees, err := exec.EscapeHTML("page", trees)
//	prog, err := exec.Compile("page", trees)
//	m := exec.NewMachine(lookup, types)
//	err = m.Run(prog, w, data)
//
// What a Program does is defined by text/template (https://pkg.go.dev/text/template), with the option
// missingkey=default: output, side effects and their order, errors with their texts, and
// [texttemplate.ExecError] as their type. It differs in one thing: a function that returns [ErrStop]
// ends the execution with just that error.
//
// # Where the time goes
//
// text/template looks for a method by its name at each use, which allocates, and takes a lock that all
// goroutines share; it calls all functions by reflection; and it prints everything with fmt. Here a use of a name
// remembers what it found for the last type, functions of frequent kinds are called
// directly, and so are the methods of types that [Types] know. What is printed
// goes to the writer as a string.
//
// # What is left to the standard library
//
// Its functions that are not exported: comparisons of mixed kinds, indices of unusual types, the order of unusual keys of
// maps, and the escapers of html/template for anything but plain text in frequent
// places. They are called by executing a template that does nothing else, and
// so are always what the standard library has. Templates with "call" are not compiled at
// all: [ErrUnsupported].
package exec
