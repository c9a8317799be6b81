package funcs

import (
	"errors"
	"strings"
	"testing"
	"text/template"
)

// file stands for a resource. It prints as its name.
type file struct{ name, mediaType, content string }

func (f *file) String() string { return f.name }

func readTestFile(v any) (text, mediaType string, ok bool, err error) {
	f, ok := v.(*file)
	if !ok {
		return "", "", false, nil
	}
	if f.content == "" {
		return "", "", true, errors.New("no such file")
	}
	return f.content, f.mediaType, true, nil
}

func TestUnmarshalOfResources(t *testing.T) {
	for _, test := range []struct{ tmpl, mediaType, content, want string }{
		{`{{ unmarshal .File }}`, "application/json", "[1, 2]", "[1 2]"},
		{`{{ unmarshal .File }}`, "application/geo+json; charset=utf-8", "5", "5"},
		{`{{ (unmarshal .File).a }}`, "text/x-yaml", "{a: 1}", "1"},
		{`{{ (unmarshal .File).a }}`, "application/toml", "# a: b\na = 1", "1"},
		{`{{ unmarshal .File }}`, "text/csv", "a,b", "[[a b]]"},
		{`{{ unmarshal .File }}`, "text/tab-separated-values", "a,b\tc", "[[a,b c]]"},
		{`{{ unmarshal (dict "format" "csv" "delimiter" ";") .File }}`, "text/plain", "a;b", "[[a b]]"},
		{`{{ (unmarshal .File).a }}`, "", "a: 1", "1"},
		{`{{ transform.Remarshal "json" .File }}`, "application/yaml", "{a: 1}", "{\n   \"a\": 1\n}\n"},
		{`{{ (unmarshal "a: 1").a }}`, "", "", "1"},
		{`{{ unmarshal .File }}`, "", "", "error: unmarshal: no such file"},
		{`{{ transform.Remarshal "json" .File }}`, "", "", "error: transform.Remarshal: no such file"},
	} {
		opt := testOptions()
		opt.Resource = readTestFile
		tmpl, err := template.New("x").Funcs(Map(opt)).Parse(test.tmpl)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		err = tmpl.Execute(&b, map[string]any{"File": &file{"data.json", test.mediaType, test.content}})
		got := b.String()
		if err != nil {
			_, got, _ = strings.Cut(err.Error(), "error calling ")
			_, got, _ = strings.Cut(got, ": ")
			got = "error: " + got
		}
		if got != test.want {
			t.Errorf("%s of %s %q: %q, want %q", test.tmpl, test.mediaType, test.content, got, test.want)
		}
	}
}
