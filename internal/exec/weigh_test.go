package exec

import (
	"bytes"
	"errors"
	htmltemplate "html/template"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/diag"
)

// knot is a value that may have itself in it.
type knot struct {
	Next  *knot
	inner *knot
}

// spoken has a text of its own, whatever is in it.
type spoken []any

func (spoken) String() string { return "spoken" }

func doubled(v any, times int) any {
	for range times {
		v = []any{v, v}
	}
	return v
}

// What is too much ends the execution wherever it is printed, and what is printed by itself or not at all does not.
func TestWeigh(t *testing.T) {
	all := []string{
		`{{ . }}`, `<p title="{{ . }}">`, `<p title={{ . }}>`, `<p {{ . }}=x>`, `<a href="{{ . }}">`, `<a href="?{{ . }}">`, `<img srcset="{{ . }}">`,
		`<p style="color: {{ . }}">`, `<style>a { color: {{ . }} }</style>`, `<title>{{ . }}</title>`, `<!-- {{ . }} -->`,
		`<script>x = {{ . }}</script>`, `<script>x = "{{ . }}"</script>`, "<script>x = `{{ . }}`</script>", `<script>x = /{{ . }}/</script>`, `<p onclick="f({{ . }})">`,
		`{{ html . }}`, `{{ js . }}`, `{{ urlquery . }}`, `{{ print . }}`, `{{ println . }}`, `{{ printf "%v" . }}`,
	}
	scripts := []string{`<script>x = {{ . }}</script>`, `<p onclick="f({{ . }})">`}
	cyclic := &knot{}
	cyclic.Next = cyclic
	list := []any{nil}
	list[0] = list
	m := map[string]any{}
	m["m"] = m
	for _, test := range []struct {
		name  string
		value any
		in    []string
		fails bool
	}{
		{"doubled list", doubled(1, 100), all[5:16], true},
		{"doubled map", doubledMap(100), all[10:12], true},
		{"doubled text", doubled(strings.Repeat("a", 1<<16), 12), all, true},
		{"list in itself", list, all, true},
		{"map in itself", m, all, true},
		{"pointer in itself", cyclic, scripts, true},
		{"pointer that is not exported", &knot{inner: cyclic}, scripts, false},
		{"pointer that is not followed", []any{cyclic}, all[:11], false},
		{"text of its own", spoken(list), all, false},
		{"time", []time.Time{{}}, all, false},
		{"list", doubled("a", 10), all, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, text := range test.in {
				var out bytes.Buffer
				m := NewMachine(func(string) any { return nil }, nil)
				err := m.Run(compiled(t, htmltemplate.Must(htmltemplate.New("page").Parse(text))), &out, test.value)
				if errors.Is(err, diag.ErrLimit) != test.fails || err != nil && !test.fails {
					t.Errorf("%s: %v", text, err)
				}
			}
		})
	}
}

func doubledMap(times int) any {
	m := map[string]any{}
	for range times {
		m = map[string]any{"a": m, "b": m}
	}
	return m
}
