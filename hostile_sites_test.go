package jam_test

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jam-go/jam"
)

// site is the files of a site, by their names.
type site map[string]string

func rep(s string, n int) string { return strings.Repeat(s, n) }

// each joins n texts.
func each(n int, text func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(text(i))
	}
	return b.String()
}

// many adds n files.
func many(s site, n int, file func(i int) (name, text string)) site {
	for i := range n {
		name, text := file(i)
		s[name] = text
	}
	return s
}

// md is a site of one page.
func md(text string) site { return site{"content/a.md": text} }

// tpl is a site of which one page has a layout of its own.
func tpl(text string) site {
	return site{"content/a.md": "---\ntitle: x\np: [1,2]\nm: {a: {b: 1}}\n---\nx", "layouts/page.html": text, "layouts/home.html": "h"}
}

// sc is a page with shortcodes.
func sc(text string, codes ...string) site {
	s := md(text)
	for i := 0; i < len(codes); i += 2 {
		s["layouts/_shortcodes/"+codes[i]+".html"] = codes[i+1]
	}
	return s
}

// deepList is a list in a list, and so on, through which no function can go without limits: the stack ends before.
var deepList = sync.OnceValue(func() any {
	var list any = 1
	for range 4_000_000 {
		list = []any{list}
	}
	return list
})

// hostileSites are made to be deep, long or endless, to double, or to take time that grows faster than they do.
func hostileSites() map[string]site {
	const n = 1 << 17
	return map[string]site{
		"md quotes":          md(rep(">", n) + "x"),
		"md lists":           md(rep("- ", n) + "x"),
		"md nested lists":    md(each(2000, func(i int) string { return rep(" ", 2*i) + "- a\n" })),
		"md brackets":        md(rep("[", n)),
		"md brackets many":   md(rep(rep("[", 9000)+"\n\n", 100)),
		"md close":           md(rep("a]", n)),
		"md links":           md(rep("[a](", n)),
		"md images":          md(rep("![", n)),
		"md emph":            md(rep("*a_ ", n/4)),
		"md emph paras":      md(rep(rep("*a_ ", 2400)+"\n\n", 100)),
		"md emph2":           md(rep(rep("**a *b ", 2400)+"\n\n", 60)),
		"md quotes only":     md(rep(`"`, 2_000_000) + "\n\n" + rep("'", 2_000_000)),
		"md lines of ticks":  md(rep("`\n", 200_000)),
		"md backticks":       md(each(4000, func(i int) string { return "e" + rep("`", i) })),
		"md html":            md(rep("<a ", n/2)),
		"md html comment":    md(rep("<!-- a\n", n/8)),
		"md cdata":           md(rep("x <![CDATA[", n/12)),
		"md decl":            md(rep("x <!A ", n/6)),
		"md pi":              md(rep("x <?", n/4)),
		"md entities":        md(rep("&#x", n)),
		"md refs amplify":    md("[a]: /" + rep("x", 10001) + "\n\n" + rep("[a]\n\n", 10001)),
		"md refs title":      md("[a]: /x '" + rep("x", 10001) + "'\n\n" + rep("[a]\n\n", 10001)),
		"md refs":            md(each(10001, func(i int) string { return fmt.Sprintf("[a%d]: /x\n\n", i) })),
		"md footnotes":       md(each(10001, func(i int) string { return fmt.Sprintf("x[^a%d]\n\n[^a%d]: /x\n\n", i, i) })),
		"md footnote many":   md("[^a]: x\n\n" + rep("[^a] ", 10001)),
		"md footnote many2":  md("[^a]: x\n\n" + rep("[^a]\n\n", 10001)),
		"md footnote nest":   md("[^a0]\n\n" + each(10001, func(i int) string { return fmt.Sprintf("[^a%d]: [^a%d]\n\n", i, i+1) })),
		"md headings same":   md(rep("# a\n", 10001)),
		"md heading trick":   md(each(10001, func(i int) string { return fmt.Sprintf("# a-%d\n\n# a\n\n", i) })),
		"md setext":          md(rep("a\n=\n", 10001)),
		"md table wide":      md("|" + rep("a|", 9000) + "\n|" + rep("-|", 9000) + "\n" + rep("|a\n", 10000)),
		"md table wide2":     md("|" + rep("a|", 20000) + "\n|" + rep("-|", 20000) + "\n" + rep("|a\n", 10)),
		"md table long":      md("|a|b|\n|-|-|\n" + rep("|a|b|\n", 10001)),
		"md deflist":         md(rep("a\n: b\n\n", 10001)),
		"md deflist deep":    md("a\n" + rep(": ", n/2) + "b"),
		"md attrs":           md(rep("# a {", 10001) + "\n"),
		"md attrs2":          md("# a {" + rep("a=b ", 10001) + "}\n"),
		"md attrs3":          md(rep("# a {a=b", 1) + rep("{", n) + "\n"),
		"md autolink":        md(rep("http://a.b/", 10001)),
		"md autolink paren":  md("http://a.b/" + rep("(", n)),
		"md autolink par2":   md("http://a.b/" + rep(")", n)),
		"md autolink amp":    md("http://a.b/" + rep("&amp;", n/5)),
		"md mail":            md(rep("a@", n/2)),
		"md mail2":           md(rep("a.", n/2) + "@"),
		"md www":             md(rep("www.", n/4)),
		"md tilde":           md(rep("~~a~", n/4)),
		"md strike paras":    md(rep(rep("~~a ~b ", 2400)+"\n\n", 60)),
		"md typographer":     md(rep(`"'`, n/2)),
		"md fences":          md(rep("```\n", 12500)),
		"md fence open":      md(rep("> ```\n", 10001)),
		"md quotelazy":       md(rep(rep(">", 150)+"a\n", 6000)),
		"md nested mixed":    md(rep("> - ", 60) + "a\n" + rep("a\n", 20000)),
		"md listlazy":        md(each(90, func(i int) string { return rep(" ", 2*i) + "- a\n" }) + rep("\n", 20000)),
		"md blank deep":      md(rep(rep("> ", 95)+"\n", 5000)),
		"md hard breaks":     md(rep("a  \n", 12500)),
		"md escapes":         md(rep("\\", n)),
		"md alert":           md(rep("> [!NOTE]\n", 10001)),
		"md alertdeep":       md(each(95, func(i int) string { return rep("> ", i+1) + "[!NOTE]\n" })),
		"md tabs":            md(rep("\t", n) + "a"),
		"md tablist":         md(rep("-\t", 50) + "a\n" + rep(rep("\t", 50)+"a\n", 10000)),
		"md nul":             md(rep("\x00", n)),
		"md insert marks":    md(rep("\x020\x03", n/3)),
		"md summary":         md(rep("<!--more-->\n", 10001)),
		"md task":            md(rep("- [ ] a\n", 10001)),
		"md ordered":         md(rep("1. a\n", 10001)),
		"md angle":           md(rep("<", n)),
		"md linkdest":        md(rep("[a](<b", n/6)),
		"md linktitle":       md(rep("[a](b 'c ", n/9)),
		"md linkparen":       md("[a](" + rep("(", n)),
		"md reflabel":        md(rep("[a][", n/4)),
		"md refdefbad":       md(rep("[a]:\n", 9000)),
		"md refdefmany":      md(rep(rep("[a]: b 'c\n", 9000)+"\n", 10)),
		"fm flow":            md("---\na: " + rep("[", n-100) + "\n---\n"),
		"fm bomb":            md("---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\n---\n"),
		"fm bomb str":        md("---\na: &a " + rep("x", 20000) + "\nb: [" + rep("*a,", 10001) + "]\n---\n"),
		"fm indent":          md("---\n" + each(1300, func(i int) string { return rep(" ", i) + "a:\n" }) + "---\n"),
		"fm seq":             md("---\na:\n" + rep("- ", n/2-100) + "\n---\n"),
		"fm explicit":        md("---\n" + rep("? ", n/2-100) + "\n---\n"),
		"fm self":            md("---\na: &a [*a]\n---\n"),
		"fm merge":           md("---\na: &a\n  <<: *a\n---\n"),
		"fm json":            md("{\"a\": " + rep("[", n-100) + "}"),
		"fm toml":            md("+++\na = " + rep("[", n-100) + "\n+++\n"),
		"fm toml2":           md("+++\na = " + rep("{a=", n/3-100) + "\n+++\n"),
		"fm tomldots":        md("+++\n" + rep("a.", n/2-100) + "b = 1\n+++\n"),
		"fm tomlkeys":        md("+++\n" + each(10001, func(i int) string { return fmt.Sprintf("a%d = 1\n", i) }) + "+++\n"),
		"fm tomltables":      md("+++\n" + each(10001, func(i int) string { return fmt.Sprintf("[a%d]\n", i) }) + "+++\n"),
		"fm tomltables2":     md("+++\n" + each(10001, func(i int) string { return fmt.Sprintf("[[a]]\n[[a.b]]\nc%d=1\n", i) }) + "+++\n"),
		"fm yamlkeys":        md("---\n" + each(10001, func(i int) string { return fmt.Sprintf("a%d: 1\n", i) }) + "---\n"),
		"fm yamlanchors":     md("---\n" + each(10001, func(i int) string { return fmt.Sprintf("a%d: &b%d 1\n", i, i) }) + "---\n"),
		"fm tags":            md("---\ntags: [" + each(2000, func(i int) string { return fmt.Sprintf("t%d,", i) }) + "]\n---\n"),
		"fm aliases":         md("---\naliases: [" + each(2000, func(i int) string { return fmt.Sprintf("/t%d,", i) }) + "]\n---\n"),
		"fm bignum toml":     md("+++\na = 1e999999999\n+++\n"),
		"fm bignum json":     md("{\"a\": 1e999999999}\n"),
		"fm date":            md("---\ndate: 20000-01-01\n---\n"),
		"fm weight":          md("---\nweight: 9e999\n---\n"),
		"fm menus":           md("---\nmenus: {main: {" + rep("parent: a, ", 1) + "}}\n---\n"),
		"fm paginate":        site{"content/_index.md": "---\npaginate: 1\n---\n", "content/a.md": "x", "content/b.md": "y"},
		"fm outputs":         md("---\noutputs: [" + rep("html,", 10001) + "]\n---\n"),
		"fm url":             md("---\nurl: " + rep("/a", 10001) + "\n---\n"),
		"fm slug":            md("---\nslug: " + rep("a", 10001) + "\n---\n"),
		"fm unclosed":        md("---\n" + rep("a: b\n", 20000)),
		"data deep json":     site{"content/a.md": "", "data/x.json": rep("[", n)},
		"data deep toml":     site{"content/a.md": "", "data/x.toml": "a = " + rep("[", n)},
		"data deep toml2":    site{"content/a.md": "", "data/x.toml": "a = " + rep("{a=", n)},
		"data deep yaml":     site{"content/a.md": "", "data/x.yaml": rep("[", n)},
		"data deep yaml2":    site{"content/a.md": "", "data/x.yaml": rep("- ", n)},
		"data deep yaml3":    site{"content/a.md": "", "data/x.yaml": rep("{a: ", n)},
		"data deep xml":      site{"content/a.md": "", "data/x.xml": rep("<a>", n)},
		"data xml attrs":     site{"content/a.md": "", "data/x.xml": "<a " + each(20000, func(i int) string { return fmt.Sprintf("a%d='' ", i) }) + "/>"},
		"data xml entity":    site{"content/a.md": "", "data/x.xml": `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>`},
		"data csv wide":      site{"content/a.md": "", "data/x.csv": rep(",", n)},
		"data csv quote":     site{"content/a.md": "", "data/x.csv": "\"" + rep("\n", n)},
		"data yaml scalar":   site{"content/a.md": "", "data/x.yaml": "a: |\n" + rep(" a\n", n)},
		"data yaml keys":     site{"content/a.md": "", "data/x.yaml": each(20000, func(i int) string { return fmt.Sprintf("a%d: 1\n", i) })},
		"data yaml comm":     site{"content/a.md": "", "data/x.yaml": rep("#\n", n)},
		"data toml keys":     site{"content/a.md": "", "data/x.toml": each(20000, func(i int) string { return fmt.Sprintf("a%d = 1\n", i) })},
		"data json big":      site{"content/a.md": "", "data/x.json": "[" + rep("1,", n) + "1]"},
		"i18n deep":          site{"content/a.md": "", "i18n/en.toml": rep("[a", 1) + rep(".a", n) + "]\n"},
		"i18n deep yaml":     site{"content/a.md": "", "i18n/en.yaml": rep("- ", n)},
		"sc nest":            sc(rep("{{< a >}}", 10001)+rep("{{< /a >}}", 10001), "a", "{{ .Inner }}"),
		"sc double":          sc(rep("{{< a >}}", 90)+"x"+rep("{{< /a >}}", 90), "a", "{{ .Inner }}{{ .Inner }}"),
		"sc double md":       sc(rep("{{% a %}}", 90)+"x"+rep("{{% /a %}}", 90), "a", "{{ .Inner }}{{ .Inner }}"),
		"sc recursion":       sc("{{< a >}}", "a", "{{ .Page.Content }}"),
		"sc render string":   sc("{{< a >}}", "a", "{{ .Page.RenderString `{{< a >}}` }}"),
		"sc markdownify":     sc("{{< a >}}", "a", "{{ markdownify `{{< a >}}` }}"),
		"sc render self":     sc("{{< a >}}", "a", "{{ .Page.RenderShortcodes }}"),
		"sc many":            sc(rep("{{< a >}}", 10001), "a", rep("x", 1000)),
		"sc unclosed":        sc(rep("{{< a ", 10001), "a", "x"),
		"sc args":            sc("{{< a "+rep("x ", 20000)+">}}", "a", "x"),
		"sc quotes":          sc("{{< a \""+rep("\\\"", 20000)+"\" >}}", "a", "x"),
		"sc closing":         sc(rep("{{< /a >}}", 10001), "a", "x"),
		"sc list":            sc(rep("- {{% a %}}\n", 10001), "a", rep("x\n", 100)),
		"sc prefix":          sc(rep("> ", 90)+"{{% a %}}\n", "a", rep("x\n", 15000)),
		"hook deep":          site{"content/a.md": "[a](b)", "layouts/_markup/render-link.html": "{{ .Page.RenderString `[a](b)` }}"},
		"hook quote":         site{"content/a.md": rep("> ", 90) + "a", "layouts/_markup/render-blockquote.html": "{{ .Text }}{{ .Text }}"},
		"partial self":       site{"content/a.md": "", "layouts/page.html": "{{ partial `a.html` . }}", "layouts/_partials/a.html": "{{ partial `a.html` . }}"},
		"partial double":     site{"content/a.md": "", "layouts/page.html": "{{ partial `a.html` 60 }}", "layouts/_partials/a.html": "{{ if gt . 0 }}{{ partial `a.html` (sub . 1) }}{{ partial `a.html` (sub . 1) }}{{ end }}"},
		"partialCached self": site{"content/a.md": "", "layouts/page.html": "{{ partialCached `a.html` . }}", "layouts/_partials/a.html": "{{ partialCached `a.html` . }}"},
		"template self":      tpl("{{ define `a` }}{{ template `a` . }}{{ end }}{{ template `a` . }}"),
		"range int":          tpl("{{ range 1000000000000 }}{{ end }}"),
		"range int nested":   tpl("{{ range 20000 }}{{ range 20000 }}{{ end }}{{ end }}"),
		"range out":          tpl("{{ range 1000000000000 }}xxxxxxxxxxxxxxxx{{ end }}"),
		"seq":                tpl("{{ seq 1000000000000 }}"),
		"repeat":             tpl("{{ strings.Repeat 1000000000 `aaaaaaa` }}"),
		"repeat2":            tpl("{{ $s := `a` }}{{ range seq 100 }}{{ $s = print $s $s }}{{ end }}"),
		"repeat3":            tpl("{{ $s := `a` }}{{ range seq 100 }}{{ $s = printf `%s%s` $s $s }}{{ end }}"),
		"repeat4":            tpl("{{ $s := `a` }}{{ range seq 100 }}{{ $s = replace $s `a` `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` }}{{ end }}"),
		"repeat5":            tpl("{{ $s := `a` }}{{ range seq 100 }}{{ $s = replaceRE `a` `aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa` $s }}{{ end }}"),
		"repeat6":            tpl("{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = append $s $s }}{{ end }}"),
		"repeat9":            tpl("{{ $s := dict }}{{ range seq 100 }}{{ $s = dict `a` $s `b` $s }}{{ end }}{{ merge $s $s }}"),
		"cyclic store":       tpl("{{ $s := newScratch }}{{ $s.SetInMap `m` `k` 1 }}{{ $m := $s.Get `m` }}{{ $s.SetInMap `m` `k` $m }}{{ $s.Get `m` }}"),
		"cyclic store2":      tpl("{{ $s := newScratch }}{{ $s.SetInMap `m` `k` 1 }}{{ $s.SetInMap `m` `k` ($s.Get `m`) }}{{ printf `%v` ($s.Get `m`) }}"),
		"cyclic store3":      tpl("{{ $s := newScratch }}{{ $s.Set `s` $s }}{{ $s.Values }}{{ jsonify $s.Values }}{{ $s }}{{ printf `%v %+v %#v` $s $s $s }}"),
		"cyclic store4":      tpl("{{ .Store.Set `s` .Store }}{{ .Store.Values }}{{ jsonify .Store.Values }}{{ .Store }}"),
		"cyclic eq":          tpl("{{ $s := newScratch }}{{ $s.Set `s` $s.Values }}{{ eq $s.Values $s.Values }}{{ merge $s.Values $s.Values }}{{ reflect.IsMap $s.Values }}<script>{{ $s.Values }}</script>"),
		"cyclic err":         tpl("{{ .Store.Set `s` .Store }}{{ errorf `%v` .Store }}"),
		"cyclic page":        tpl("{{ . }}{{ printf `%#v` . }}"),
		"cyclic jsonify":     tpl("{{ jsonify . }}"),
		"cyclic site":        tpl("{{ jsonify site }}{{ printf `%#v` site }}"),
		"cyclic params":      tpl("{{ jsonify .Params }}"),
		"printf width":       tpl("{{ printf `%1000000000d` 1 }}"),
		"printf star":        tpl("{{ printf `%*d` 1000000000 1 }}"),
		"printf prec":        tpl("{{ printf `%.1000000000f` 1.0 }}"),
		"printf many":        tpl("{{ printf (strings.Repeat 100000 `%9999d`) 1 }}"),
		"plainify":           tpl("{{ plainify (strings.Repeat 1000000 `<`) }}"),
		"markdownify":        tpl("{{ markdownify (strings.Repeat 1000000 `[`) }}"),
		"unmarshal":          tpl("{{ transform.Unmarshal (strings.Repeat 1000000 `[`) }}"),
		"unmarshal yaml":     tpl("{{ transform.Unmarshal (print `a: ` (strings.Repeat 1000000 `[`)) }}"),
		"unmarshal toml":     tpl("{{ transform.Unmarshal (print `a = ` (strings.Repeat 1000000 `[`)) }}"),
		"unmarshal xml":      tpl("{{ transform.Unmarshal (strings.Repeat 1000000 `<a>`) }}"),
		"unmarshal bomb":     tpl("{{ transform.Unmarshal \"a: &a [x,x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\\n\" }}"),
		"remarshal":          tpl("{{ transform.Remarshal `json` (strings.Repeat 1000000 `[`) }}"),
		"parse deep":         tpl("{{ " + rep("(", n) + " }}"),
		"parse deep2":        tpl("{{ " + rep("(", 9000) + "1" + rep(")", 9000) + " }}"),
		"parse if":           tpl(rep("{{ if 1 }}", 10001) + rep("{{ end }}", 9999)),
		"parse if2":          tpl(rep("{{ if 1 }}", 10001) + rep("{{ end }}", 10001)),
		"parse else":         tpl("{{ if 1 }}" + rep("{{ else if 1 }}", 10001) + "{{ end }}"),
		"parse chain":        tpl("{{ ." + rep("a.", n) + "a }}"),
		"parse pipe":         tpl("{{ 1" + rep(" | print", 10001) + " }}"),
		"parse args":         tpl("{{ print" + rep(" 1", 20000) + " }}"),
		"parse js":           tpl("<script>" + rep("`${", 10001) + "</script>{{ . }}"),
		"parse js2":          tpl("<script>" + rep("{", 20000) + "{{ . }}</script>"),
		"highlight":          md("```go\n" + rep("x := \"\n", 10001) + "```\n"),
		"qr":                 md("{{< qr >}}" + rep("x", 10001) + "{{< /qr >}}"),
		"figure":             md("{{< figure src=\"" + rep("x", 20000) + "\" >}}"),
		"html deep":          site{"content/a.html": "---\ntitle: a\n---\n" + rep("<div>", 10001)},
		"html attrs":         site{"content/a.html": "---\ntitle: a\n---\n<a " + rep("a ", 20000) + ">"},
		"html comments":      site{"content/a.html": "---\ntitle: a\n---\n" + rep("<!--", 12500)},
		"html scripts":       site{"content/a.html": "---\ntitle: a\n---\n" + rep("<script><!--", 10001)},
		"static css":         site{"content/a.md": "", "static/a.css": rep("a{", 20000)},
		"static css2":        site{"content/a.md": "", "static/a.css": "a{b:" + rep("calc(", 10001)},
		"static css3":        site{"content/a.md": "", "static/a.css": rep("@media a{", 10001)},
		"static js":          site{"content/a.md": "", "static/a.js": rep("(", 20000)},
		"static js2":         site{"content/a.md": "", "static/a.js": rep("a=>", 15000)},
		"static js3":         site{"content/a.md": "", "static/a.js": rep("!", 20000) + "a"},
		"static js4":         site{"content/a.md": "", "static/a.js": rep("{", 20000)},
		"static js5":         site{"content/a.md": "", "static/a.js": rep("`${", 15000)},
		"static js6":         site{"content/a.md": "", "static/a.js": rep("if(a)", 10001)},
		"static js7":         site{"content/a.md": "", "static/a.js": "a" + rep("+a", 20000)},
		"static json":        site{"content/a.md": "", "static/a.json": rep("[", 20000)},
		"static json2":       site{"content/a.md": "", "static/a.json": rep("{\"a\":", 20000)},
		"static svg":         site{"content/a.md": "", "static/a.svg": rep("<g>", 15000)},
		"static svg2":        site{"content/a.md": "", "static/a.svg": "<svg><path d=\"" + rep("M1 1L2 2", 10001) + "\"/></svg>"},
		"static svg3":        site{"content/a.md": "", "static/a.svg": "<svg><style>" + rep("<![CDATA[", 10001)},
		"static xml":         site{"content/a.md": "", "static/a.xml": rep("<a>", 15000)},
		"static html":        site{"content/a.md": "", "static/a.html": rep("<div>", 15000)},
		"static html2":       site{"content/a.md": "", "static/a.html": rep("<div style='", 10001)},
		"static html3":       site{"content/a.md": "", "static/a.html": rep("<p onclick='", 10001)},
		"cascade":            site{"content/_index.md": "---\ncascade: [" + rep("{target: {path: '/**/**/**/**/x'}, a: b},", 1000) + "]\n---\n", "content/" + rep("a/", 100) + "b.md": "x"},
		"glob":               site{"content/_index.md": "---\ncascade: [{target: {path: '" + rep("{a,b}", 30) + "'}, a: b}]\n---\n", "content/b.md": "x"},
		"glob2":              site{"content/_index.md": "---\ncascade: [{target: {path: '" + rep("*a", 50) + "b'}, a: b}]\n---\n", "content/" + rep("a", 200) + ".md": "x"},
		"glob3":              site{"content/_index.md": "---\ncascade: [{target: {path: '" + rep("**/a/", 50) + "b'}, a: b}]\n---\n", "content/" + rep("a/", 200) + "a.md": "x"},
		"menus deep": many(site{}, 3000, func(i int) (name, text string) {
			return fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("---\nmenus: {main: {identifier: q%d, parent: q%d}}\n---\n", i, i+1)
		}),
		"menus cycle": many(site{}, 300, func(i int) (name, text string) {
			return fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("---\nmenus: {main: {identifier: q%d, parent: q%d}}\n---\n", i, (i+1)%300)
		}),
		"content chain": many(site{"layouts/_shortcodes/a.html": "{{ with .Site.GetPage (.Get 0) }}{{ .Content }}{{ end }}"}, 3000, func(i int) (name, text string) {
			return fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("{{< a p%d >}}", i+1)
		}),
		"content double": many(site{"layouts/_shortcodes/a.html": "{{ with .Site.GetPage (.Get 0) }}{{ .Content }}{{ .Content }}{{ end }}"}, 60, func(i int) (name, text string) {
			return fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("xxxx {{< a p%d >}}", i+1)
		}),
		"include double": many(site{"layouts/_shortcodes/a.html": "{{ with .Site.GetPage (.Get 0) }}{{ .RenderShortcodes }}{{ .RenderShortcodes }}{{ end }}"}, 60, func(i int) (name, text string) {
			return fmt.Sprintf("content/p%d.md", i), fmt.Sprintf("xxxx {{%% a p%d %%}}", i+1)
		}),
		"emoji":                      md(rep(":a", 20000)),
		"math":                       md("$" + rep("{", 10001) + "$"),
		"summary fm":                 md("---\nsummary: \"" + rep("[", 20000) + "\"\n---\n"),
		"title fm":                   md("---\ntitle: \"" + rep("[", 20000) + "\"\n---\n"),
		"resources":                  many(site{"content/a/index.md": "---\nresources: [" + rep("{src: '**', title: ':counter'},", 10001) + "]\n---\n"}, 100, func(i int) (name, text string) { return fmt.Sprintf("content/a/f%d.png", i), "" }),
		"doubled list":               tpl("{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}{{ $s }}"),
		"doubled list as JSON":       tpl("{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}{{ jsonify $s }}"),
		"doubled list in a script":   tpl("{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}<script>var a = {{ $s }}; '{{ $s }}'; `{{ $s }}`; /{{ $s }}/</script>"),
		"doubled list in attributes": tpl("{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}<a onclick='f({{ $s }})' style='a: {{ $s }}' href='{{ $s }}' srcset='{{ $s }}' title={{ $s }} {{ $s }}=x></a>"),
		"doubled list in functions": tpl("{{ $s := slice 1 }}{{ $m := dict }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ $l := slice $s $m }}" +
			"{{ $x := sort $s }}{{ $x = eq $s (slice $s $s) }}{{ $x = in $l $s }}{{ $x = where (slice $m) `a` $m }}{{ .Store.Set `a` $s }}{{ $x = .Store.Get `a` }}{{ $x = uniq $l }}"),
		"doubled list as a variant":    tpl("{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ partialCached `p.html` 1 $m }}{{ define `_partials/p.html` }}{{ return . }}{{ end }}"),
		"doubled list in an error":     tpl("{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ partial $m . }}"),
		"doubled list in queries":      tpl("{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ range where site.Pages `Params.p` $m }}{{ end }}{{ range where site.Pages `Params.p` `in` (slice $m) }}{{ end }}"),
		"doubled list as options":      tpl("{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ .RenderString $m `x` }}"),
		"doubled list in a store":      sc("{{< a >}}", "a", "{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}{{ .Page.Store.Set `a` $s }}"),
		"doubled stores in a store":    sc("{{< a >}}", "a", "{{ $s := newScratch }}{{ range seq 100 }}{{ $t := newScratch }}{{ $t.Set `a` $s }}{{ $t.Set `b` $s }}{{ $s = $t }}{{ end }}{{ .Page.Store.Set `a` $s }}"),
		"store in itself":              sc("{{< a >}}", "a", "{{ .Page.Store.Set `a` .Page.Store }}"),
		"deep list in a store":         sc("{{< a >}}", "a", "{{ .Page.Store.Set `a` deep }}"),
		"doubled list in JSON":         site{"content/a.md": "---\noutputs: [json]\n---\n", "layouts/home.html": "h", "layouts/page.json": "{\"a\": {{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ $m }}}"},
		"doubled list in text of JSON": site{"content/a.md": "---\noutputs: [json]\n---\n", "layouts/home.html": "h", "layouts/page.json": "{\"a\": \"{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}{{ $m }}\"}"},
		"doubled list in XML":          site{"content/a.md": "", "layouts/page.html": "p", "layouts/home.html": "h", "layouts/home.rss.xml": "{{ $m := dict }}{{ range seq 100 }}{{ $m = dict `a` $m `b` $m }}{{ end }}<a b='{{ $m }}'>{{ $m }}</a>"},
		"doubled list of a cached partial": many(site{"layouts/all.html": "{{ $x := partialCached `a.html` . }}", "layouts/_partials/a.html": "{{ $s := slice 1 }}{{ range seq 100 }}{{ $s = slice $s $s }}{{ end }}{{ return $s }}"}, 3,
			func(i int) (name, text string) { return fmt.Sprintf("content/%d.md", i), "" }),
		"deep list compared":     tpl("{{ eq deep (slice deep) }}"),
		"deep list in a list":    tpl("{{ in deep deep }}"),
		"deep list where":        tpl("{{ where (slice (dict `a` (slice deep))) `a` deep }}"),
		"deep list as an option": tpl("{{ highlight `x` `go` (dict `a` deep) }}"),
		"deep list as a QR code": tpl("{{ qr deep }}"),
		"deep list in JSON":      site{"content/a.md": "---\noutputs: [json]\n---\n", "layouts/home.html": "h", "layouts/page.json": "{{ deep }}"},
		"deep list elsewhere":    tpl("{{ $x := slice (jsonify deep) (printf `%v` deep) }}"),
		"file in many folders":   tpl("{{ $x := fileExists (strings.Repeat 500000 `a/`) }}{{ readFile (strings.Repeat 500000 `a/`) }}"),
		"long pattern":           tpl("{{ findRE (strings.Repeat 1000000 `a`) `a` }}"),
		"sorted texts":           tpl("{{ $x := sort (apply (seq 100) `strings.Repeat` 1000000 `a`) }}"),
		"many maps by one key":   tpl("{{ $x := dict (seq 1000000 | append `a`) 1 }}"),
		"list in itself":         tpl("{{ $s := newScratch }}{{ $s.Set `s` $s.Values }}{{ $s.SetInMap `m` `k` ($s.Get `m`) }}{{ $s.Values }}"),
	}
}

// Each ends with output or errors, whatever is in it, and takes no more memory than a bound. With -short, which is for the race
// detector, a part of them is tried.
func TestHostileSites(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	cfg := jam.Config{
		BaseURL: "https://example.org/", Now: now, Markdown: jam.Markdown{Math: true}, Outputs: map[string][]string{"home": {"html", "rss", "search", "llms"}},
		Funcs:  map[string]any{"deep": deepList},
		Limits: jam.Limits{OutputSize: 4 << 20, RenderTime: 500 * time.Millisecond}, // what is slower may end so
	}
	sites := hostileSites()
	for i, name := range slices.Sorted(maps.Keys(sites)) {
		files := sites[name]
		if testing.Short() && i%5 != 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{}
			for name, text := range files {
				tree[name] = &fstest.MapFile{Data: []byte(text)}
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			_ = loadThenBuild(ctx, tree, &cfg) // that it comes to an end is what counts
			if ctx.Err() != nil {
				t.Error("it does not come to an end")
			}
		})
	}
	runtime.ReadMemStats(&after)
	if grown := int64(after.Sys) - int64(before.Sys); grown > 2<<30 {
		t.Errorf("memory has grown by %d MiB", grown>>20)
	}
}
