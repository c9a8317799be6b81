package devtools

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
)

// keptEvents is how many of the latest events in the life of documents a page remembers.
const keptEvents = 100

// lifecycle is an event in the life of a document.
type lifecycle struct{ FrameID, LoaderID, Name string }

// event notes what happens in the page.
func (p *Page) event(e event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.method {
	case "Page.lifecycleEvent":
		var l lifecycle
		if json.Unmarshal(e.params, &l) != nil || l.FrameID != p.target { // the document itself has the target's id
			return
		}
		p.life = append(p.life, l)
		p.life = p.life[max(0, len(p.life)-keptEvents):]
		close(p.changed)
		p.changed = make(chan struct{})
	case "Inspector.targetCrashed":
		p.end(fmt.Errorf("%w: it has crashed", errGone))
	default:
		if m, ok := messageOf(e); ok {
			p.messages = append(p.messages, m)
		}
	}
}

func messageOf(e event) (Message, bool) {
	var v struct {
		Type             string
		Args             []remote
		StackTrace       stack
		ExceptionDetails exception
		Entry            struct {
			Level, Text, URL string
			LineNumber       int
		}
	}
	if json.Unmarshal(e.params, &v) != nil {
		return Message{}, false
	}
	switch e.method {
	case "Runtime.consoleAPICalled":
		var words []string
		for _, a := range v.Args {
			words = append(words, a.text())
		}
		url, line := v.StackTrace.top()
		return Message{v.Type, strings.Join(words, " "), url, line}, true
	case "Runtime.exceptionThrown":
		x := v.ExceptionDetails
		return Message{"error", x.text(), x.URL, x.LineNumber + 1}, true
	case "Log.entryAdded":
		return Message{v.Entry.Level, v.Entry.Text, v.Entry.URL, v.Entry.LineNumber + 1}, true
	}
	return Message{}, false
}

// remote is a JavaScript value.
type remote struct {
	Type, Description string
	Value             json.RawMessage
}

func (r remote) text() string {
	var s string
	if r.Type == "string" && json.Unmarshal(r.Value, &s) == nil {
		return s
	}
	return cmp.Or(r.Description, string(r.Value), r.Type)
}

type exception struct {
	Text       string
	URL        string
	LineNumber int
	Exception  remote
}

func (x *exception) text() string { return strings.TrimSpace(x.Text + " " + x.Exception.text()) }

type stack struct {
	CallFrames []struct {
		URL        string
		LineNumber int
	}
}

// top returns where the innermost call was made.
func (s stack) top() (url string, line int) {
	if len(s.CallFrames) == 0 {
		return "", 0
	}
	return s.CallFrames[0].URL, s.CallFrames[0].LineNumber + 1
}
