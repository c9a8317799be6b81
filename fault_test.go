package jam_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// fault is what goes wrong in a call of something that a program gives to a build.
type fault string

const (
	fails   fault = "fails"      // it does nothing, and returns an error
	late    fault = "fails late" // it does all, and returns an error
	panics  fault = "panics"
	exits   fault = "exits"   // it ends its goroutine, as testing's FailNow does
	hangs   fault = "hangs"   // until the context has ended
	cancels fault = "cancels" // the context ends meanwhile
	nothing fault = "nothing" // it returns zero values, and no error
	short   fault = "short"   // less than there is
	wrong   fault = "wrong"   // another size or value than there is
)

var errFault = errors.New("injected fault")

// faultyCalls are those that some faults are for; the others are for all.
var faultyCalls = map[fault][]string{
	late: {"Read", "ReadDir", "File.ReadDir", "ReadFile", "Close", "Documents", "Document", "Begin", "Write", "WriteBytes", "Keep", "Commit", "Abort",
		"Get", "Put", "Delete", "Render"},
	nothing: {"Open", "Stat", "File.Stat", "Read", "Documents", "Document", "Begin", "Get", "Put", "Delete", "WriteBytes"},
	short:   {"Read", "ReadDir", "File.ReadDir", "ReadFile", "Get", "Put", "Render", "WriteBytes"},
	wrong:   {"Stat", "File.Stat", "Info", "Keep", "Get", "Put"},
}

// injector counts the calls that a fault is for, and has it in one of them.
type injector struct {
	fault  fault
	at     int64 // the number of the call, from 1
	calls  atomic.Int64
	hit    atomic.Pointer[string] // the call that went wrong
	ctx    context.Context
	cancel context.CancelFunc
	opened atomic.Int64 // files that are open
}

func newInjector(ctx context.Context, f fault, at int) *injector {
	in := &injector{fault: f, at: int64(at)}
	in.ctx, in.cancel = context.WithCancel(ctx)
	return in
}

// call is called by each call that is counted. It returns the fault that the call has to see to itself, with the error
// that it has to return.
func (in *injector) call(name string) (fault, error) {
	op, _, _ := strings.Cut(name, " ")
	if of := faultyCalls[in.fault]; of != nil && !slices.Contains(of, op) {
		return "", nil
	}
	if in.calls.Add(1) != in.at {
		return "", nil
	}
	in.hit.Store(&name)
	switch in.fault {
	case fails, late, short:
		return in.fault, errFault
	case panics:
		panic(errFault)
	case exits:
		runtime.Goexit()
	case hangs:
		time.AfterFunc(time.Millisecond, in.cancel)
		<-in.ctx.Done()
		return fails, in.ctx.Err()
	case cancels:
		in.cancel()
		return "", nil
	}
	return in.fault, nil
}
