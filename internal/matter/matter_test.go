package matter

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/jam-go/jam/internal/diag"
)

// values is shorthand for the maps that trees are compared with.
type values = map[string]any

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

// splitCase is a content file without mistakes.
type splitCase struct {
	name   string
	src    string
	format Format
	root   values // nil: no front matter
	body   string
	line   int // of the body
}

var splitCases = []splitCase{
	{"yaml", "---\ntitle: x\n---\nBody\n", YAML, values{"title": "x"}, "Body\n", 4},
	{"toml", "+++\ntitle = \"x\"\n+++\nBody\n", TOML, values{"title": "x"}, "Body\n", 4},
	{"json", "{\n  \"title\": \"x\"\n}\nBody\n", JSON, values{"title": "x"}, "Body\n", 4},
	{"none", "Body\n", None, nil, "Body\n", 1},
	{"empty file", "", None, nil, "", 1},
	{"only blank lines", "\n \n", None, nil, "\n \n", 1},

	{"byte order mark, yaml", "\ufeff---\ntitle: x\n---\nBody\n", YAML, values{"title": "x"}, "Body\n", 4},
	{"byte order mark, toml", "\ufeff+++\ntitle = 'x'\n+++\nBody\n", TOML, values{"title": "x"}, "Body\n", 4},
	{"byte order mark, json", "\ufeff{\"title\":\"x\"}\nBody\n", JSON, values{"title": "x"}, "Body\n", 2},
	{"byte order mark, none", "\ufeffBody\n", None, nil, "Body\n", 1},
	{"byte order mark, then blank lines", "\ufeff\n\n---\na: 1\n---\nB", YAML, values{"a": 1}, "B", 6},

	{"crlf, yaml", "---\r\ntitle: x\r\n---\r\nBody\r\n", YAML, values{"title": "x"}, "Body\r\n", 4},
	{"crlf, toml", "+++\r\ntitle = 'x'\r\n+++\r\nBody\r\n", TOML, values{"title": "x"}, "Body\r\n", 4},
	{"crlf, json", "{\r\n\"title\": \"x\"\r\n}\r\nBody\r\n", JSON, values{"title": "x"}, "Body\r\n", 4},
	{"crlf, mixed", "---\r\na: 1\nb: 2\r\n---\nBody\r\n", YAML, values{"a": 1, "b": 2}, "Body\r\n", 5},
	{"crlf, empty", "---\r\n---\r\nBody", YAML, values{}, "Body", 3},

	{"leading blank lines, yaml", "\n \t\n---\ntitle: x\n---\nBody\n", YAML, values{"title": "x"}, "Body\n", 6},
	{"leading blank lines, toml", "\n\n+++\ntitle = 'x'\n+++\nBody\n", TOML, values{"title": "x"}, "Body\n", 6},
	{"leading blank lines, json", "\r\n{\"title\":\"x\"}\nBody\n", JSON, values{"title": "x"}, "Body\n", 3},
	{"leading blank lines, none", "\n\nBody\n", None, nil, "\n\nBody\n", 1},

	{"no newline at the end, yaml", "---\ntitle: x\n---", YAML, values{"title": "x"}, "", 3},
	{"no newline at the end, toml", "+++\ntitle = 'x'\n+++", TOML, values{"title": "x"}, "", 3},
	{"no newline at the end, json", "{\"title\":\"x\"}", JSON, values{"title": "x"}, "", 1},
	{"no newline at the end of the body", "---\ntitle: x\n---\nBody", YAML, values{"title": "x"}, "Body", 4},
	{"newline and nothing more", "---\ntitle: x\n---\n", YAML, values{"title": "x"}, "", 4},

	{"empty, yaml", "---\n---\nBody\n", YAML, values{}, "Body\n", 3},
	{"empty, yaml with a blank line", "---\n\n---\nBody\n", YAML, values{}, "Body\n", 4},
	{"empty, yaml with a comment", "---\n# nothing\n---\nBody\n", YAML, values{}, "Body\n", 4},
	{"empty, yaml null", "---\n~\n---\nBody\n", YAML, values{}, "Body\n", 4},
	{"empty, toml", "+++\n+++\nBody\n", TOML, values{}, "Body\n", 3},
	{"empty, toml with a comment", "+++\n# nothing\n+++", TOML, values{}, "", 3},
	{"empty, json", "{}\nBody\n", JSON, values{}, "Body\n", 2},
	{"empty, json with white space", "{ \n }\nBody\n", JSON, values{}, "Body\n", 3},

	{"fence in a block scalar", "---\na: |\n  x\n  ---\n  y\nb: 1\n---\nBody\n", YAML, values{"a": "x\n---\ny\n", "b": 1}, "Body\n", 8},
	{"fence in a folded scalar", "---\na: >-\n ---\n y\n---\nBody\n", YAML, values{"a": "--- y"}, "Body\n", 6},
	{"fence in a quoted scalar", "---\na: \"x\n  ---\n  y\"\n---\nBody\n", YAML, values{"a": "x --- y"}, "Body\n", 6},
	{"long fence in a quoted scalar", "---\na: 'x\n----\n y'\n---\nBody\n", YAML, values{"a": "x ---- y"}, "Body\n", 6},
	{"fence in a toml string", "+++\na = \"\"\"\nx\n+++\ny\"\"\"\n+++\nBody\n", TOML, values{"a": "x\n+++\ny"}, "Body\n", 7},
	{"fence in a literal toml string", "+++\na = '''\n+++\n\\'''\nb = 1\n+++\nBody\n", TOML, values{"a": "+++\n\\", "b": 1}, "Body\n", 7},
	{"fence after an escaped quote", "+++\na = \"\"\"\\\"\"\"\n+++\n\"\"\"\"\"\nb = 1\n+++\nBody\n", TOML, values{"a": "\"\"\"\n+++\n\"\"", "b": 1}, "Body\n", 7},
	{"quotes in a toml comment", "+++\n# don't \"\"\"\na = 1 # '''\n+++\nBody\n", TOML, values{"a": 1}, "Body\n", 5},
	{"quotes in a toml string", "+++\na = \"\\\"'''\"\nb = '\"\"\"'\nc = \"#\"\n+++\nBody\n", TOML, values{"a": "\"'''", "b": `"""`, "c": "#"}, "Body\n", 6},
	{"fences of the other formats", "---\na: +++\nb: |\n  +++\n  ;;;\n---\n+++\n", YAML, values{"a": "+++", "b": "+++\n;;;\n"}, "+++\n", 7},

	{"white space after the fences", "--- \t\na: 1\n---  \nBody\n", YAML, values{"a": 1}, "Body\n", 4},
	{"white space after the fences, toml", "+++        \na = 1\n+++ \nBody\n", TOML, values{"a": 1}, "Body\n", 4},
	{"dots end yaml", "---\na: 1\n...\nBody\n", YAML, values{"a": 1}, "Body\n", 4},
	{"dots end yaml, with space, at the end", "---\na: 1\n... ", YAML, values{"a": 1}, "", 3},
	{"dots end nothing in toml", "+++\na = '''\n...\n'''\n+++\nBody\n", TOML, values{"a": "...\n"}, "Body\n", 6},
	{"fences in the body", "---\na: 1\n---\n---\nb: 2\n---\n", YAML, values{"a": 1}, "---\nb: 2\n---\n", 4},
	{"blank line, then keys", "---\n\n# c\n\na: 1\n---\nBody\n", YAML, values{"a": 1}, "Body\n", 7},
	{"flow mapping", "---\n{a: 1}\n---\nBody\n", YAML, values{"a": 1}, "Body\n", 4},

	{"fences that name their format, yaml", "---yaml\na: 1\n---\nBody\n", YAML, values{"a": 1}, "Body\n", 4},
	{"fences that name their format, toml", "---toml\na = '''\n---\n'''\n---\nBody\n", TOML, values{"a": "---\n"}, "Body\n", 6},
	{"fences that name their format, json", "---json\n{\"a\": 1}\n---\nBody\n", JSON, values{"a": 1}, "Body\n", 4},
	{"semicolons", ";;;\n{\"a\": 1}\n;;;\nBody\n", JSON, values{"a": 1}, "Body\n", 4},

	{"one-line json", "{\"title\":\"x\"}\nBody\n", JSON, values{"title": "x"}, "Body\n", 2},
	{"json, text on the same line", "{\"title\":\"x\"} Body\n", JSON, values{"title": "x"}, " Body\n", 1},
	{"json, text right after", "{\n\"title\":\"x\"}Body\nmore", JSON, values{"title": "x"}, "Body\nmore", 2},
	{"json, white space after", "{\"title\":\"x\"} \t\r\n\nBody\n", JSON, values{"title": "x"}, "\nBody\n", 2},
	{"json, braces in strings", "{\"a\":\"}{\", \"b\":{\"c\":\"\\\"}\"}}\nBody\n", JSON, values{"a": "}{", "b": values{"c": `"}`}}, "Body\n", 2},
	{"json, key on a later line", "{\n\n  \"a\": [1,\n 2]}\n}\n", JSON, values{"a": []any{1, 2}}, "}\n", 5},

	{"thematic break, blank line", "---\n\nBody\n", None, nil, "---\n\nBody\n", 1},
	{"thematic break, text", "---\nBody\n", None, nil, "---\nBody\n", 1},
	{"thematic break alone", "---", None, nil, "---", 1},
	{"thematic break, heading", "---\n# Heading\n\nBody\n", None, nil, "---\n# Heading\n\nBody\n", 1},
	{"thematic break, note", "---\n\nNote: text\n\nBody\n", None, nil, "---\n\nNote: text\n\nBody\n", 1},
	{"two thematic breaks", "---\n\nText: of\nNote: it\n\nBody text\n", None, nil, "---\n\nText: of\nNote: it\n\nBody text\n", 1},
	{"thematic breaks around a paragraph", "---\n\nA paragraph: with a colon.\n\n---\n\nBody\n", None, nil, "---\n\nA paragraph: with a colon.\n\n---\n\nBody\n", 1},
	{"thematic break, setext heading", "---\nHeading\n---\n\nBody\n", None, nil, "---\nHeading\n---\n\nBody\n", 1},
	{"thematic break, heading, break", "---\n\n# Heading\n\n---\n", None, nil, "---\n\n# Heading\n\n---\n", 1},
	{"thematic break, list, break", "---\n- one\n- two\n---\nBody\n", None, nil, "---\n- one\n- two\n---\nBody\n", 1},
	{"thematic break, text that is not yaml, break", "---\n*Text* with `code`.\n---\nBody\n", None, nil, "---\n*Text* with `code`.\n---\nBody\n", 1},
	{"thematic break, link, break", "---\nhttps://example.com/\n---\nBody\n", None, nil, "---\nhttps://example.com/\n---\nBody\n", 1},
	{"long thematic break", "----\ntitle: x\n----\nBody\n", None, nil, "----\ntitle: x\n----\nBody\n", 1},
	{"other thematic breaks", "***\ntitle: x\n***\n", None, nil, "***\ntitle: x\n***\n", 1},
	{"indented break", " ---\ntitle: x\n---\n", None, nil, " ---\ntitle: x\n---\n", 1},
	{"break with spaces", "- - -\ntitle: x\n---\n", None, nil, "- - -\ntitle: x\n---\n", 1},

	{"shortcode", "{{< x >}}\nBody\n", None, nil, "{{< x >}}\nBody\n", 1},
	{"liquid", "{% x %}\nBody\n", None, nil, "{% x %}\nBody\n", 1},
	{"attributes", "{: .class }\nBody\n", None, nil, "{: .class }\nBody\n", 1},
	{"brace alone", "{", None, nil, "{", 1},
	{"braces, javascript", "{ a: 1 }\n", None, nil, "{ a: 1 }\n", 1},
	{"html", "<!doctype html>\n---\na: 1\n---\n", None, nil, "<!doctype html>\n---\na: 1\n---\n", 1},
}

func TestParse(t *testing.T) {
	for _, c := range splitCases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.src))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Format != c.format {
				t.Errorf("format %q, want %q", doc.Format, c.format)
			}
			if c.root == nil != (doc.Root == nil) {
				t.Fatalf("root %v, want %v", doc.Root.Value(), c.root)
			}
			if c.root != nil && !reflect.DeepEqual(doc.Root.Value(), any(c.root)) {
				t.Errorf("root %#v, want %#v", doc.Root.Value(), c.root)
			}
			if string(doc.Body) != c.body {
				t.Errorf("body %q, want %q", doc.Body, c.body)
			}
			if doc.BodyLine != c.line {
				t.Errorf("body on line %d, want %d", doc.BodyLine, c.line)
			}
			if doc.BodyOffset != len(c.src)-len(c.body) {
				t.Errorf("body at offset %d, want %d", doc.BodyOffset, len(c.src)-len(c.body))
			}
		})
	}
}

func TestParseDoesNotCopyTheBody(t *testing.T) {
	src := []byte("---\na: 1\n---\nBody\n")
	doc, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	if &doc.Body[0] != &src[doc.BodyOffset] {
		t.Error("the body is a copy")
	}
}

func TestRootPosition(t *testing.T) {
	for _, src := range []string{"\n---\na: 1\n---\n", "\n+++\n\na = 1\n+++\n", "\n{\"a\": 1}\n", "\n---\n---\n"} {
		doc, err := Parse([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Root.Line != 2 || doc.Root.Column != 1 {
			t.Errorf("%q: root at %d:%d, want 2:1", src, doc.Root.Line, doc.Root.Column)
		}
	}
}

// errorCases are content files with a mistake: what Parse says, a problem a line.
var errorCases = []struct{ name, src, want string }{
	{"unclosed fence, yaml", "---\ntitle: x\n\nBody\n", "1:1: the opening --- is never closed"},
	{"unclosed fence, yaml, after blank lines", "\n\n---\ntitle: x\n", "3:1: the opening --- is never closed"},
	{"unclosed fence, yaml, no newline", "---\ntitle: x", "1:1: the opening --- is never closed"},
	{"unclosed fence, yaml, comment first", "---\n# c\ntitle:\n", "1:1: the opening --- is never closed"},
	{"unclosed fence, yaml, quoted key", "---\n\"title\" : x\n", "1:1: the opening --- is never closed"},
	{"unclosed fence, yaml, key of other letters", "---\nназвание: x\n", "1:1: the opening --- is never closed"},
	{"unclosed fence, toml", "+++\ntitle = 'x'\nBody\n", "1:1: the opening +++ is never closed"},
	{"unclosed fence, toml alone", "+++", "1:1: the opening +++ is never closed"},
	{"unclosed fence, ---json", "---json\n{}\n", "1:1: the opening ---json is never closed"},
	{"unclosed string, toml", "+++\na = 1\nt = \"é\" # x\ns = '''\nx\n+++\nBody\n", "4:5: this multi-line string is never closed"},
	{"unclosed brace, json", "\n{\"a\": 1,\n\"b\": {}\n\n", "2:1: the opening { is never closed"},
	{"unclosed brace, json, text", "{\"a\": 1\n\nBody\n", "3:1: invalid JSON: invalid character 'B' after object key:value pair"},

	{"longer closing fence", "---\ntitle: x\n----------\n\nBody\n", `3:1: the closing fence must be exactly --- at the start of a line, not "----------"`},
	{"longer closing fence, break later", "---\ntitle: x\n----------\nBody\n\n---\n\nmore\n", `3:1: the closing fence must be exactly --- at the start of a line, not "----------"`},
	{"unclosed fence, table in the body", "---\ntitle: x\n\nText\n\na | b\n--- | ---\n", "1:1: the opening --- is never closed"},
	{"slip in the closing fence", "---\ntitle: x\n---1\nBody\n", `3:1: the closing fence must be exactly --- at the start of a line, not "---1"`},
	{"text after the closing fence", "---\ntitle: x\n--- Body\n---\n", `3:1: the closing fence must be exactly --- at the start of a line, not "--- Body"`},
	{"indented closing fence", "---\ntitle: x\n ---\nBody\n", `3:1: the closing fence must be exactly --- at the start of a line, not " ---"`},
	{"longer closing fence, toml", "+++\ntitle = 'x'\n++++\nBody\n", `3:1: the closing fence must be exactly +++ at the start of a line, not "++++"`},

	{"bad syntax, yaml", "---\ntitle: a: b\n---\n", `2:9: invalid YAML: mapping values are not allowed in this context (quote a value that holds ": ")`},
	{"bad syntax, yaml, after blank lines and crlf", "\r\n---\r\na: 1\r\ntitle: é: b\r\n---\r\n", `4:9: invalid YAML: mapping values are not allowed in this context (quote a value that holds ": ")`},
	{"bad syntax, yaml, unclosed quote", "---\ntitle: 'x\nb: y\n---\n", "2:8: invalid YAML: found unexpected end of stream while scanning a quoted scalar"},
	{"bad syntax, yaml, unclosed bracket", "---\ntags: [a, b\nx: y\n---\n", "3:2: invalid YAML: did not find expected ',' or ']' while parsing a flow sequence"},
	{"bad syntax, yaml, tab", "---\na: b\n\tc: d\n---\n", "3:1: invalid YAML: found a tab character that violates indentation while scanning a plain scalar (indent with spaces)"},
	{"bad syntax, yaml, line without key", "---\ntitle: x\nbar\n---\n", "3:1: invalid YAML: could not find expected ':' while scanning a simple key (want key: value, with a space after the colon)"},
	{"bad syntax, yaml, reserved character", "---\nuser: @me\n---\n", "2:7: invalid YAML: found character that cannot start any token while scanning for the next token (quote a value that begins with it)"},
	{"bad syntax, yaml, control character", "---\na: 1\nbé: x\x07\n---\n", "3:6: invalid YAML: control characters are not allowed (value: 7)"},
	{"bad syntax, yaml, indented fence is not to blame", "---\na: |\n  ---\nb: [\n---\n", "5:1: invalid YAML: did not find expected node content while parsing a flow node"},
	{"bad syntax, yaml, template", "---\ntitle: {{ .Title }}\n---\n", "2:9: a key must be a scalar, not a list or a map (quote a value that begins with {{)"},
	{"bad syntax, yaml, anchor", "---\na: *b\n---\n", "2:4: invalid YAML: unknown anchor 'b' referenced"},
	{"bad syntax, yaml, alias in itself", "---\na: &x [1, *x]\n---\n", "2:11: the alias *x is inside what it stands for"},
	{"bad syntax, yaml, tag", "---\na: !!int x\nb: !!bool 1\n---\n", "2:4: \"x\" is not a YAML int\n3:4: \"1\" is not a YAML bool"},
	{"bad syntax, yaml, merge", "---\na: 1\n<<: 1\n---\n", "3:5: a merge key << wants a map or a list of maps, have an integer"},
	{"bad syntax, toml", "+++\na = 1\nb = \n+++\n", "3:5: invalid TOML: unexpected character U+000A at start of value"},
	{"bad syntax, toml, after blank lines", "\n\n+++\né = 1\n+++\n", "4:1: invalid TOML: invalid character at start of key: U+00C3 'Ã'"},
	{"bad syntax, toml, column in characters", "+++\n\"é\" = yes\n+++\n", "2:7: invalid TOML: unexpected character U+0079 'y' at start of value"},
	{"bad syntax, toml, date", "+++\n\"é\" = 2023-13-40\n+++\n", "2:12: invalid TOML: impossible date"},
	{"bad syntax, toml, number", "+++\na = 99999999999999999999\n+++\n", "2:5: invalid TOML: decimal number is too large to fit in a 64-bit signed integer"},
	{"bad syntax, toml, table and value", "+++\na = 1\n[a.b]\n+++\n", "3:2: invalid TOML: key a already exists as a value"},
	{"bad syntax, json", "{\"a\": 1,\n  \"é\": x}\nBody\n", "2:8: invalid JSON: invalid character 'x' looking for beginning of value"},
	{"bad syntax, json, unclosed quote", "{\"a\": \"x\n}\nBody\n", "1:9: invalid JSON: invalid character '\\n' in string literal"},
	{"bad syntax, json, comma", "{\"a\": 1,}\n", "1:9: invalid JSON: invalid character '}' looking for beginning of object key string"},
	{"bad syntax, json, number", "{\"a\": 1e999}\n", `1:7: the number "1e999" is out of range`},
	{"bad syntax, json between fences", ";;;\n{\"a\": 1}\n{}\n;;;\n", "3:1: invalid JSON: invalid character '{' after top-level value"},
	{"invalid utf-8, yaml", "---\na: é\xff\n---\n", "2:5: invalid UTF-8"},
	{"invalid utf-8, toml", "+++\na = 1\nb = '\xff'\n+++\n", "3:6: invalid UTF-8"},
	{"invalid utf-8, json", "{\"a\": \"\xff\"}\n", "1:8: invalid UTF-8"},

	{"duplicate key, yaml", "---\na: 1\nb: 2\na: 3\n---\n", `4:1: duplicate key "a" (first on line 2)`},
	{"duplicate key, yaml, all of them", "---\na: 1\na: 2\nb: {c: 1, \"c\": 2}\na: 3\n---\n", "3:1: duplicate key \"a\" (first on line 2)\n4:11: duplicate key \"c\" (first on line 4)\n5:1: duplicate key \"a\" (first on line 2)"},
	{"duplicate key, yaml, merge", "---\na: {<<: {x: 1}, <<: {y: 1}}\n---\n", `2:17: duplicate key "<<" (first on line 2)`},
	{"duplicate key, toml", "+++\na = 1\n[t]\nx = 1\nx.y = 2\n\"x\" = 3\n+++\n", `6:1: duplicate key "x" (first on line 4)`},
	{"duplicate key, toml, inline", "+++\na = {b = 1,\n b = 2}\n+++\n", `3:2: duplicate key "b" (first on line 2)`},
	{"duplicate key, toml, table", "+++\n[t.u]\n[t]\n[t]\n+++\n", `4:2: duplicate table "t" (first on line 3)`},
	{"duplicate key, json", "{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 3}\n", "2:16: duplicate key \"c\" (first on line 2)\n3:2: duplicate key \"a\" (first on line 1)"},

	{"list", "---\n- title: x\ndate: y\n---\n", "3:1: invalid YAML: did not find expected '-' indicator while parsing a block collection"},
	{"list with a key line", "---\n- |\n  x\n# c\n-\ntitle: x\n---\n", "6:1: invalid YAML: did not find expected node content while parsing a block node"},
	{"scalar, colon without space", "---\ntitle:x\n---\nBody\n", "2:1: front matter must be a mapping of keys to values, not a string (a space is missing after title:)"},
	{"scalar, toml", "---\ntitle = \"x\"\n---\nBody\n", "2:1: front matter must be a mapping of keys to values, not a string (between --- it is YAML, with key: value; TOML stands between +++)"},
	{"list, json", ";;;\n[1]\n;;;\n", "2:1: front matter must be a mapping of keys to values, not a list"},
	{"list, ---yaml", "---yaml\n- a\n---\n", "2:1: front matter must be a mapping of keys to values, not a list"},
	{"second document", "---yaml\na: 1\n--- b\n---\n", `3:1: the closing fence must be exactly --- at the start of a line, not "--- b"`},
}

func TestParseErrors(t *testing.T) {
	for _, c := range errorCases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.src))
			if err == nil {
				t.Fatalf("no error; root %v, body %q", doc.Root.Value(), doc.Body)
			}
			if err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if _, ok := errors.AsType[diag.List](err); !ok {
				t.Errorf("the error is a %T, want a diag.List", err)
			}
			if doc == nil || doc.Root != nil || !bytes.HasSuffix([]byte(c.src), doc.Body) {
				t.Errorf("document %+v", doc)
			}
		})
	}
}

func TestBodyBesideError(t *testing.T) {
	doc, err := Parse([]byte("---\na: 1\na: 2\n---\nBody\n"))
	if err == nil || string(doc.Body) != "Body\n" || doc.BodyLine != 5 || doc.Format != YAML {
		t.Errorf("document %+v, error %v", doc, err)
	}
}

func TestLimits(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c,", c-1), 9), c-1)
	}
	chain := "a0: &a0 [x]\n"
	for i := 1; i < 100; i++ {
		chain += fmt.Sprintf("a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	deep := func(open, close string) string { return strings.Repeat(open, 2000) + strings.Repeat(close, 2000) }
	tests := []struct {
		name, src, want string
		limits          Limits
	}{
		{"yaml bomb", "---\n" + bomb + "---\n", "6:29: more than 100000 values", Limits{}},
		{"yaml merge bomb", "---\na: &a {x: 1, y: 2}\nb: &b\n  <<: [*a, *a, *a, *a]\n---\n", "4:16: more than 12 values", Limits{MaxNodes: 12}},
		{"yaml aliases, deep", "---\n" + chain + "---\n", "65:12: lists and maps are nested more than 64 deep", Limits{}},
		{"yaml, deep", "---\na: " + deep("[", "]") + "\n---\n", "2:132: lists and maps are nested more than 64 deep", Limits{}},
		{"yaml, a little deep", "---\na: [[[]]]\n---\n", "2:6: lists and maps are nested more than 3 deep", Limits{MaxDepth: 3}},
		{"toml, deep", "+++\na = " + deep("[", "]") + "\n+++\n", "2:68: lists and maps are nested more than 64 deep", Limits{}},
		{"toml, dotted keys", "+++\na" + strings.Repeat(".a", 2000) + " = 1\n+++\n", "2:127: lists and maps are nested more than 64 deep", Limits{}},
		{"toml, tables", "+++\n[a" + strings.Repeat(".a", 2000) + "]\n+++\n", "2:128: lists and maps are nested more than 64 deep", Limits{}},
		{"toml, lists of tables", "+++\n[[a]]\n[[a.b]]\n[a.b.c]\nd = {e = 1}\n+++\n", "5:5: lists and maps are nested more than 6 deep", Limits{MaxDepth: 6}},
		{"json, deep", "{\"a\": " + deep("[", "]") + "}\n", "1:70: lists and maps are nested more than 64 deep", Limits{}},
		{"many", "{\"a\": [1, 2, 3, 4]}\n", "1:17: more than 5 values", Limits{MaxNodes: 5}},
		{"long", "+++\na = 1\nb = 2\n+++\n", "1:1: 12 bytes are more than the limit of 11", Limits{MaxBytes: 11}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.limits.Parse([]byte(c.src))
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
	_, err := Limits{MaxBytes: 3}.ParseData(YAML, []byte("a: 1"))
	if want := "1:1: 4 bytes of yaml are more than the limit of 3"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if _, err := (Limits{MaxDepth: 3}).ParseData(JSON, []byte("[[[1]]]")); err != nil {
		t.Error(err)
	}
}

func TestManyKeysTOML(t *testing.T) {
	var many strings.Builder
	for i := range maxDecodedKeys {
		fmt.Fprintf(&many, "k%d = %d\n", i, i)
	}
	if n, err := ParseData(TOML, []byte(many.String()+"a.b = 1\na.c = 2\n[[t]]\n[t.u]\n[[t]]\n[t.u]\n")); err != nil || len(n.Entries()) != maxDecodedKeys+2 {
		t.Errorf("%d keys, error %v", len(n.Entries()), err)
	}
	for src, want := range map[string]string{
		"k7 = 1\n":                  `10001:1: duplicate key "k7" (first on line 8)`,
		"[k7]\n":                    `10001:2: invalid TOML: "k7" is defined already, in a way that allows no additions`,
		"[a.b]\n[a]\nb.c=1\n":       `10003:1: invalid TOML: "b" is defined already, in a way that allows no additions`,
		"a = {}\na.b = 1\n":         `10002:1: invalid TOML: "a" is defined already, in a way that allows no additions`,
		"a = []\n[[a]]\n":           `10002:3: invalid TOML: "a" is defined already, in a way that allows no additions`,
		"a = 2024-02-30\n":          `10001:5: invalid TOML: "2024-02-30" is not a valid value`,
		"a = 9999999999999999999\n": `10001:5: invalid TOML: "9999999999999999999" is not a valid value`,
		"a = \n":                    "10001:5: invalid TOML: unexpected character U+000A at start of value",
	} {
		if _, err := ParseData(TOML, []byte(many.String()+src)); err == nil || err.Error() != want {
			t.Errorf("%q:\ngot  %v\nwant %s", src, err, want)
		}
	}
}

func TestManyProblems(t *testing.T) {
	_, err := Parse([]byte("---\n" + strings.Repeat("a: 1\n", 1000) + "---\n"))
	if errs := diag.Of(err); len(errs) != maxProblems {
		t.Errorf("%d problems, want %d", len(errs), maxProblems)
	}
	var p struct{}
	var src strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&src, "k%d: 1\n", i)
	}
	if errs := Decode(data(t, YAML, src.String()), &p, DecodeOptions{Strict: true}); len(errs) != maxProblems {
		t.Errorf("%d problems, want %d", len(errs), maxProblems)
	}
}

func TestParseIsDeterministic(t *testing.T) {
	for _, c := range errorCases {
		_, a := Parse([]byte(c.src))
		_, b := Parse([]byte(c.src))
		if a.Error() != b.Error() {
			t.Errorf("%s: %v, then %v", c.name, a, b)
		}
	}
}
