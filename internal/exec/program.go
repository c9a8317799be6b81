package exec

import (
	"reflect"
	"sync/atomic"
	"text/template/parse"
)

// Program is a set of templates that can be executed. It is safe for concurrent use.
type Program struct {
	entry     *tmpl
	templates map[string]*tmpl
	funcs     []string // names of functions, by their number
	vars      []string // names of variables, by their number
}

// tmpl is a template.
type tmpl struct {
	prog *Program
	name string
	tree *parse.Tree
	root list
}

// node is a part of a template that does something.
type node interface {
	run(s *state, dot reflect.Value) control
}

// control is how a node ended.
type control uint8

const (
	goOn control = iota
	doBreak
	doContinue
)

// list is a sequence of nodes.
type list struct {
	at    parse.Node
	nodes []node
}

type (
	textNode struct {
		at   parse.Node
		text string
	}
	actionNode struct {
		at   parse.Node
		pipe *pipeline
		esc  escaping
	}
	branchNode struct {
		at              parse.Node
		pipe            *pipeline
		then, otherwise *list // otherwise may be nil
		with            bool
	}
	rangeNode struct {
		at              parse.Node
		pipe            *pipeline
		body, otherwise *list // otherwise may be nil
		breaks          bool  // there is a break in the body
	}
	templateNode struct {
		at   parse.Node
		name string
		to   *tmpl // nil: there is none
		pipe *pipeline
	}
	breakNode    struct{}
	continueNode struct{}
)

// pipeline is a sequence of commands, whose result may go to variables.
type pipeline struct {
	at     parse.Node
	cmds   []command
	decl   []int // variables
	assign bool
}

// command is an operand with arguments.
type command struct {
	at    parse.Node
	first operand
	args  []operand
	piped bool // it gets the value of the command before it
}

// operandKind is the kind of an operand.
type operandKind uint8

const (
	opDot operandKind = iota
	opNil
	opBool
	opNumber
	opString
	opField    // .A.B
	opVariable // $x, $x.A
	opFunc     // f
	opPipe     // (…)
	opChain    // (…).A, f.A
)

// operand is a value of a command.
type operand struct {
	kind     operandKind
	at       parse.Node
	number   int           // of the variable or function
	fields   []*field      // of opField, opVariable, opChain
	inner    *operand      // of opChain
	pipe     *pipeline     // of opPipe
	constant reflect.Value // of opBool, opString, opNumber; invalid for a number that is none by itself
}

// field is one use of the name of a field, method or key.
type field struct {
	name string
	key  reflect.Value          // the name as a key of a map
	last atomic.Pointer[member] // what it meant for the last type
}
