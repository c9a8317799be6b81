package minifier

import (
	"testing"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/json"
	"github.com/tdewolff/minify/v2/svg"
	"github.com/tdewolff/minify/v2/xml"
)

// TestUpstream records why this package has minifiers of its own: what those
// of tdewolff/minify do to the meaning of documents with every option set that
// keeps something. A case that fails is one that has been mended there.
func TestUpstream(t *testing.T) {
	m := minify.New()
	m.Add(typeHTML, &html.Minifier{KeepComments: true, KeepSpecialComments: true, KeepDefaultAttrVals: true,
		KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true, KeepWhitespace: true})
	m.Add(typeCSS, &css.Minifier{})
	m.Add("css2", &css.Minifier{Version: 2})
	m.Add(typeJS, &js.Minifier{KeepVarNames: true, Version: 5})
	m.Add("application/javascript", &js.Minifier{KeepVarNames: true, Version: 5})
	m.Add("module", &js.Minifier{KeepVarNames: true, Version: 5})
	m.Add(typeJSON, &json.Minifier{KeepNumbers: true})
	m.Add(typeSVG, &svg.Minifier{KeepComments: true, KeepNamespaces: []string{"xml"}})
	m.Add(typeXML, &xml.Minifier{KeepWhitespace: true})
	for _, tt := range []struct{ why, mediatype, in, out string }{
		{"quirks mode ends", typeHTML, `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN">`, `<!doctype html>`},
		{"a form sends on for an empty value", typeHTML, `<input type="checkbox" value="">`, `<input type="checkbox">`},
		{"a button gets a label", typeHTML, `<input type="submit" value="">`, `<input type="submit">`},
		{"the viewport isn't understood", typeHTML, `<meta name="viewport" content="width=device-width initial-scale=1">`,
			`<meta name="viewport" content="width=device-widthinitial-scale=1">`},
		{"two groups of columns become one", typeHTML, `<colgroup><col></colgroup><colgroup><col></colgroup>`, `<col><col>`},
		{"attributes of custom elements lose their value", typeHTML, `<my-x open="false">`, `<my-x open>`},
		{"a pattern matches something else", typeHTML, `<input pattern="a  b">`, `<input pattern="a b">`},
		{"text in lists of options is lost", typeHTML, `<datalist><option>a</option> text </datalist>`,
			`<datalist><option>a</option></datalist>`},
		{"attributes of frameworks on svg are lost", typeHTML, `<svg x-bind:class="a"></svg>`, `<svg/>`},
		{"white space in svg text is lost", typeHTML, `<svg><text>a <tspan>b</tspan></text></svg>`, `<svg><text>a<tspan>b</tspan></text></svg>`},
		{"a module ends early", typeHTML, `<script type="module">t="<\/script>"</script>`, `<script type="module">t="</script>"</script>`},
		{"plus signs in data URLs become spaces", typeHTML, `<a href="data:text/plain,a+b">`, `<a href="data:,a%20b">`},
		{"invalid", typeCSS, `a{border-color:red currentColor}`, `a{border-color:red initial}`},
		{"a basis of 0px becomes one of 0%", typeCSS, `a{flex:1 1 0px}`, `a{flex:1}`},
		{"no integer", typeCSS, `a{order:1000}`, `a{order:1e3}`},
		{"another colour", typeCSS, `a{color:hsl(120 50 50)}`, `a{color:#3c613c}`},
		{"no such element", typeCSS, `linearGradient{a:b}`, `lineargradient{a:b}`},
		{"the order of layers changes", typeCSS, `@layer a{}`, ``},
		{"a URL is lost", typeCSS, `@import url(a);`, `@import "";`},
		{"still invalid", "css2", `a{border-color:red currentColor}`, `a{border-color:red initial}`},
		{"an error for large numbers", typeJS, `Math.trunc(x)`, `x|0`},
		{"no number for a string", typeJS, `Math.abs(x)`, `x<0?-x:x`},
		{"a sum where a string was joined", typeJS, `s=s+1`, `++s`},
		{"used before it is set", typeJS, `var a=f(),[b]=a`, `var[b]=a,a=f()`},
		{"another length, which frameworks look at", typeJS, `use(function(err,req,res,next){})`, `use(function(){})`},
		{"code is lost", typeJS, `{class A{static{go()}}}`, ``},
		{"cut off without an error", typeJSON, `{"a":`, `{"a"`},
		{"mended without an error", typeJSON, `[1,]`, `[1]`},
		{"another id", typeSVG, `<svg id="1.0"/>`, `<svg id="1"/>`},
		{"the prolog is lost", typeSVG, `<?xml-stylesheet href="a.css"?><svg/>`, `<svg/>`},
		{"a dot isn't drawn", typeSVG, `<path stroke-linecap="round" d="M0 0L0 0"/>`, `<path stroke-linecap="round" d="M0 0"/>`},
		{"white space that is preserved is lost", typeXML, `<a xml:space="preserve"> a  b <c> </c></a>`, `<a xml:space="preserve"> a b <c/></a>`},
	} {
		out, err := m.String(tt.mediatype, tt.in)
		if err != nil || out != tt.out {
			t.Errorf("%s (%s): %s became %s (%v), no longer %s", tt.mediatype, tt.why, tt.in, out, err, tt.out)
		}
	}
}
