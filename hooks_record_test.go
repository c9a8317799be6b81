package jam

import "testing"

func TestElementsOf(t *testing.T) {
	for html, want := range map[string]hooked{
		"":                                    0,
		"text":                                0,
		"<":                                   0,
		"a <":                                 0,
		"<p>1 &lt; 2</p>":                     0,
		"<p><a href=\"/\">x</a></p>":          hookedLinks,
		"<img src=x>":                         hookedImages,
		"<p><i>x</i><input></p>":              0,
		"<h1>x</h1>":                          hookedHeadings,
		"<h6 id=x>x</h6>":                     hookedHeadings,
		"<hr>":                                0,
		"<h7>":                                0,
		"<table>\n<tr></tr></table>":          hookedTables,
		"<ul><li>x</li></ul><br><b>x</b>":     0,
		"<blockquote>":                        hookedQuotes,
		"<div class=\"alert alert-note\">":    hookedQuotes,
		"<details class=\"alert alert-tip\">": hookedQuotes,
		"<div class=x>":                       0,
		"<pre><code>&lt;a":                    hookedCode,
		"<h2>x</h2>\n<p><img src=x></p>":      hookedHeadings | hookedImages,
	} {
		if got := elementsOf(html); got != want {
			t.Errorf("%q: %b, want %b", html, got, want)
		}
	}
}
