package jam_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jam-go/jam"
	"github.com/jam-go/jam/sitetest"
)

// TestWrongArguments calls functions and methods with values of all sorts: what wants text takes no page, list or
// map, and messages have neither addresses nor what is said inside of Go's packages.
func TestWrongArguments(t *testing.T) {
	const functions = `absURL relURL absLangURL relLangURL i18n T ref relref markdownify highlight qr images.QR urls.AbsURL urls.RelURL
		urls.AbsLangURL urls.RelLangURL urls.Ref urls.RelRef lang.Translate lang.Merge transform.Markdownify transform.Highlight
		transform.HighlightCodeBlock transform.CanHighlight group head searchForm templates.Exists partials.Include partial partialCached readFile fileExists os.ReadFile`
	var calls []string
	for _, f := range strings.Fields(functions) {
		for n := range 3 {
			calls = append(calls, argumentLists(f, n+1)...)
		}
	}
	for of, typ := range map[string]reflect.Type{
		"$": reflect.TypeFor[*jam.Page](), "site": reflect.TypeFor[*jam.Site](), "site.Pages": reflect.TypeFor[jam.Pages](),
		"$.Resources": reflect.TypeFor[jam.Resources](), "$.Store": reflect.TypeFor[*jam.Store](), "$.OutputFormats": reflect.TypeFor[jam.PageOutputs](),
		"$.Fragments": reflect.TypeFor[*jam.Fragments](), "site.Taxonomies.tags": reflect.TypeFor[*jam.Taxonomy](),
	} {
		for m := range typ.Methods() {
			if m.Type.NumIn() > 1 && m.Type.NumOut() > 0 && m.Type.In(1).Name() != "Context" {
				calls = append(calls, argumentLists(of+"."+m.Name, m.Type.NumIn()-1)...)
			}
		}
	}
	slices.Sort(calls)
	var b strings.Builder
	for _, call := range calls {
		fmt.Fprintf(&b, "%s{{ with try (%s) }}{{ with .Err }}\tfails: {{ . }}{{ end }}{{ end }}\n", call, call)
	}
	tree := archive(t, "-- content/a.md --\n---\ntags: [x]\n---\ntext\n-- layouts/all.html --\n-- layouts/page.txt --\n"+b.String())
	site := sitetest.Load(t, tree, &jam.Config{Outputs: map[string][]string{"page": {"txt"}}})
	noise := regexp.MustCompile(`0x|interface \{\}|_layouts|reflect|panic|%!|jam\.[a-z]|funcs\.|seems to be nil`)
	wrong := regexp.MustCompile(`^(absURL|relURL|absLangURL|relLangURL|i18n|T|ref|relref|markdownify|highlight|qr|readFile|fileExists|images\.QR|urls\.\w+|transform\.\w+|\$\.(RenderString|Ref|RelRef|GetPage)) (site|\(slice 1 "b"\)|site\.Pages)( |$)`)
	lines := 0
	for line := range strings.Lines(site.Output("a/index.txt").String()) {
		call, message, failed := strings.Cut(strings.TrimSpace(line), "\tfails: ")
		lines++
		if noise.MatchString(message) {
			t.Errorf("{{ %s }}: %s", call, message)
		}
		if !failed && wrong.MatchString(call) {
			t.Errorf("{{ %s }} does not fail", call)
		}
	}
	if lines != len(calls) || lines < 1000 {
		t.Errorf("%d lines; want %d", lines, len(calls))
	}
}

// argumentLists returns calls of f with n arguments, one of which is of each sort.
func argumentLists(f string, n int) []string {
	var calls []string
	for _, arg := range []string{`5`, `"x"`, `.`, `(dict "a" 1)`, `(slice 1 "b")`, `nil`, `.Next`, `site`, `site.Pages`} {
		for i := range n {
			args := slices.Repeat([]string{`"x"`}, n)
			args[i] = arg
			calls = append(calls, f+" "+strings.Join(args, " "))
		}
	}
	return calls
}
