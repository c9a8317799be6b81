package highlight

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestParseFence(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		info string
		want fence
	}{
		{"", fence{}},
		{"go", fence{language: "go"}},
		{"  c++  ", fence{language: "c++"}},
		{`go{title="a b.go"}`, fence{language: "go", title: "a b.go"}},
		{`go { title = "x" }`, fence{language: "go"}},
		{`go title='a "b"'`, fence{language: "go", title: `a "b"`}},
		{`go {title="a \"b\" \\ c"}`, fence{language: "go", title: `a "b" \ c`}},
		{`go title="open`, fence{language: "go", title: `"open`}},
		{"go title=a.go}", fence{language: "go", title: "a.go"}},
		{"toml ,name=zola.toml", fence{language: "toml", title: "zola.toml"}},
		{"rust,ignore,no_run", fence{language: "rust"}},
		{"go {1,3-5}", fence{language: "go", marked: lines{[]lineRange{{1, 1}, {3, 5}}, 3}}},
		{"go {}", fence{language: "go"}},
		{"go { , }", fence{language: "go"}},
		{"go {1,3-5", fence{language: "go"}},
		{`go {hl_lines=[8,"15-17"]}`, fence{language: "go", marked: lines{[]lineRange{{8, 8}, {15, 17}}, 4}}},
		{"go,hl_lines=3-4 8-9, linenos", fence{language: "go", marked: lines{[]lineRange{{3, 4}, {8, 9}}, 16}, numbers: &yes}},
		{"go hl_lines=3 x 8", fence{language: "go", marked: lines{[]lineRange{{3, 3}}, 3}}},
		{"go ins={2,3} del=4", fence{language: "go", inserted: lines{[]lineRange{{2, 2}, {3, 3}}, 3}, deleted: lines{[]lineRange{{4, 4}}, 13}}},
		{"go {linenos=table}", fence{language: "go", numbers: &yes}},
		{"go {lineNos=false, lineNoStart=10}", fence{language: "go", numbers: &no, first: 10, hasFirst: true}},
		{"go {lineno_start=0 tabwidth=2}", fence{language: "go", hasFirst: true, tabWidth: 2}},
		{"go showLineNumbers", fence{language: "go", numbers: &yes}},
		{"go {anchorlinenos=true lineanchors=x-}", fence{language: "go", anchors: true, prefix: "x"}},
		{"go {style=Emacs noClasses=true hl_inline=true}", fence{language: "go", style: "Emacs", noClasses: &yes, inline: true}},
		{"go {.class #id copy=true file=\"x\"}", fence{language: "go", title: "x"}},
	}
	for _, tt := range tests {
		got, _ := parseFence(tt.info)
		if !reflect.DeepEqual(*got, tt.want) {
			t.Errorf("%q: got %+v; want %+v", tt.info, *got, tt.want)
		}
	}
}

func TestFenceProblems(t *testing.T) {
	tests := []struct{ info, want string }{
		{"go hl_line=1", `3: unknown option "hl_line" of a code block (did you mean "hl_lines"?)`},
		{"go {linenums=1}", ""},
		{"go {lineNum=1 linenoes=1}", `14: unknown option "linenoes" of a code block (did you mean "linenos"?)`},
		{"go {hl_lines=4-2}", `4: hl_lines: "4-2" is neither a line nor a range of lines, such as 4-6`},
		{"go {hl_lines=99999999999999999999}", `4: hl_lines: "99999999999999999999" is neither a line nor a range of lines, such as 4-6`},
		{"go hl_lines=1 0", `14: hl_lines: "0" is neither a line nor a range of lines, such as 4-6`},
		{"go linenostart=x", `3: linenostart: "x" is not a number from 0 to 1000000000`},
		{"go style=monokay", `3: style: unknown style "monokay" (did you mean "monokai"?)`},
		{"go {" + strings.Repeat("hl_x=1 ", 200) + "}", "100 problems"},
	}
	for _, tt := range tests {
		f, _ := parseFence(tt.info)
		got := ""
		for _, p := range f.problems {
			got += fmt.Sprintf("%d: %v", p.offset, p.err)
		}
		if len(f.problems) > 1 {
			got = fmt.Sprint(len(f.problems), " problems")
		}
		if got != tt.want {
			t.Errorf("%q: got %s; want %s", tt.info, got, tt.want)
		}
	}
}

func FuzzFence(f *testing.F) {
	f.Add(`go {title="x" hl_lines="1-2" linenos=true}`, "a\nb")
	f.Add("go,hl_lines=1 2, linenos {1,2}", "x")
	f.Add(`html {anchorlinenos=true lineanchors="\"><b>" style=github}`, "<a>\x00&amp;")
	f.Add("php {ins=1 del=2 noclasses=true linenostart=9}", "<?php\r\n\r 1")
	f.Add("markdown hl_inline", "```go\nx\n```")
	e := newEngine(f, New(Options{}))
	f.Fuzz(func(t *testing.T, info, code string) {
		const dropped = "\x02\x03" // as characters that mark what is inserted
		if strings.ContainsAny(info, "\r\n`"+dropped) || strings.ContainsAny(code, "`\r"+dropped) || len(code) > 1000 || len(info) > 1000 {
			return
		}
		r := render(t, e, "~~~~~~ "+info+"\n"+code+"\n~~~~~~\n")
		if strings.Contains(code, "~~~~~~") {
			return
		}
		out := string(r.HTML)
		checkNesting(t, out)
		want := strings.ReplaceAll(code, "\x00", "\uFFFD") + "\n"
		if strings.HasPrefix(out, "<code") {
			want = strings.TrimSuffix(want, "\n")
		}
		if got := codeText(t, out); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}
