package search

import (
	_ "embed" // the script and the style sheet
	"html"
	"strings"
)

//go:embed search.js
var script string

//go:embed search.css
var style string

// Script returns the program that searches in a browser: an ECMAScript module
// without dependencies, which a page loads with <script type="module" src>. It
// brings every form that [Form] made to life, and exports the class Index for
// pages with an interface of their own.
func Script() []byte { return []byte(script) }

// Style returns the style sheet of the form. It takes colours from the custom
// properties --bg, --soft, --line, --text, --muted and --link where a page has
// them, and from the system where it has not.
func Style() []byte { return []byte(style) }

// FormOptions say how the form works and what it says.
type FormOptions struct {
	Index string // URL of the folder of the index
	Base  string // URL of the site's home, against which relative document URLs are resolved
	// Action is the URL of the search page, to which the Enter key leads with
	// the query as parameter q. Without it, Enter opens the first result.
	Action string
	// Page makes the form that of the search page: results stand below it in
	// the page, and the query is part of the page's URL, as the parameter q.
	Page bool
	// Shortcuts lets the keys / and Ctrl+K (⌘K) lead to the form, when it is
	// the first of its page.
	Shortcuts bool
	ID        string // beginning of element ids; "jam-search" if empty
	Labels    Labels
}

// Labels are the texts of the form. An empty one is its English default.
type Labels struct {
	Search      string // label of the field and of its button
	Placeholder string // in the empty field; none by default
	// Results is the number of results, %d, by plural category (one, few, many,
	// other …).
	Results   map[string]string
	None      string // nothing was found
	Partial   string // added when no page has all words
	Searching string
	Hint      string // on the search page before a query
	More      string // button for further results
	Close     string // button
	Failed    string // the index cannot be loaded
	NoScript  string // plain text shown without JavaScript; none by default
}

func (l Labels) withDefaults() Labels {
	for _, f := range [...]struct {
		label *string
		text  string
	}{
		{&l.Search, "Search"},
		{&l.None, "No results"},
		{&l.Partial, "No page has all of the words; these have some."},
		{&l.Searching, "Searching…"},
		{&l.Hint, "Type to search."},
		{&l.More, "More results"},
		{&l.Close, "Close"},
		{&l.Failed, "The search does not work at the moment. Try again later."},
	} {
		if *f.label == "" {
			*f.label = f.text
		}
	}
	if len(l.Results) == 0 {
		l.Results = map[string]string{"one": "%d result", "other": "%d results"}
	}
	return l
}

// Form returns the HTML of the user interface. It is hidden until the script
// runs. There is one live region, which tells the number of results; the
// results are a list of links, so that a screen reader's own commands work on
// them, and the arrow keys lead from field to results.
func Form(opt FormOptions) string {
	l := opt.Labels.withDefaults()
	if opt.ID == "" {
		opt.ID = "jam-search"
	}
	var b formBuilder
	b.open("div", "class", "jam-search", "data-index", folder(opt.Index), "data-base", opt.Base, "data-labels", l.data())
	b.flag("data-inline", opt.Page)
	b.flag("data-keys", opt.Shortcuts)
	b.raw(" hidden>")
	b.open("form", "role", "search")
	if opt.Action != "" && !opt.Page {
		b.attrs("action", opt.Action)
	}
	b.raw(">")
	b.open("label", "for", opt.ID+"-q")
	b.raw(">").text(l.Search).raw("</label>")
	b.open("input", "type", "search", "name", "q", "id", opt.ID+"-q", "autocomplete", "off",
		"autocapitalize", "off", "spellcheck", "false", "enterkeyhint", "search")
	if l.Placeholder != "" {
		b.attrs("placeholder", l.Placeholder)
	}
	if opt.Shortcuts {
		b.attrs("aria-keyshortcuts", "/ Control+K Meta+K")
	}
	b.raw(`></form><div class="jam-search-panel"><p class="jam-search-status" role="status"></p>`)
	b.raw(`<ol class="jam-search-results" hidden></ol><button type="button" class="jam-search-more" hidden>`).text(l.More).raw("</button>")
	if !opt.Page {
		b.raw(`<button type="button" class="jam-search-close" hidden>`).text(l.Close).raw("</button>")
	}
	b.raw("</div></div>")
	if l.NoScript != "" {
		b.raw("<noscript><p>").text(l.NoScript).raw("</p></noscript>")
	}
	return b.String()
}

// folder gives a URL the slash that makes file names relative to it.
func folder(url string) string {
	if strings.HasSuffix(url, "/") {
		return url
	}
	return url + "/"
}

// data encodes the labels that the script writes.
func (l Labels) data() string {
	return string(encode(struct {
		Results   map[string]string `json:"results"`
		None      string            `json:"none"`
		Partial   string            `json:"partial"`
		Searching string            `json:"searching"`
		Hint      string            `json:"hint"`
		Failed    string            `json:"failed"`
	}{l.Results, l.None, l.Partial, l.Searching, l.Hint, l.Failed}))
}

// formBuilder writes HTML.
type formBuilder struct{ strings.Builder }

func (b *formBuilder) raw(s string) *formBuilder {
	b.WriteString(s)
	return b
}

func (b *formBuilder) text(s string) *formBuilder { return b.raw(html.EscapeString(s)) }

// open writes a tag without its end, so that more attributes may follow.
func (b *formBuilder) open(tag string, attrs ...string) {
	b.raw("<" + tag).attrs(attrs...)
}

// attrs writes attributes, given as names and values in turn.
func (b *formBuilder) attrs(pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		b.raw(" " + pairs[i] + `="`).text(pairs[i+1]).raw(`"`)
	}
}

func (b *formBuilder) flag(name string, on bool) {
	if on {
		b.raw(" " + name)
	}
}
