package jam

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jam-go/jam/internal/feeds"
	"github.com/jam-go/jam/internal/insert"
	"github.com/jam-go/jam/internal/markdown"
)

// pageJSON is a page as data: the built-in format json.
type pageJSON struct {
	pageLink
	Kind         string         `json:"kind"`
	Type         string         `json:"type"`
	Section      string         `json:"section,omitempty"`
	Language     string         `json:"language"`
	Summary      string         `json:"summary,omitempty"` // HTML
	Content      string         `json:"content,omitempty"` // HTML
	WordCount    int            `json:"wordCount"`
	ReadingTime  int            `json:"readingTime"`
	Terms        map[string]any `json:"terms,omitempty"`
	Params       map[string]any `json:"params,omitempty"`
	Parent       *pageLink      `json:"parent,omitempty"`
	Prev         *pageLink      `json:"prev,omitempty"`
	Next         *pageLink      `json:"next,omitempty"`
	Translations []pageLink     `json:"translations,omitempty"`
	Resources    []resourceJSON `json:"resources,omitempty"`
	Pages        []pageLink     `json:"pages,omitempty"`
}

// pageLink is a page as others list it.
type pageLink struct {
	Title       string     `json:"title"`
	URL         string     `json:"url"`
	Path        string     `json:"path"`
	JSON        string     `json:"json,omitempty"` // URL of the page as data
	Lang        string     `json:"lang,omitempty"`
	Description string     `json:"description,omitempty"`
	Date        *time.Time `json:"date,omitempty"`
	Lastmod     *time.Time `json:"lastmod,omitempty"`
}

type resourceJSON struct {
	Name      string    `json:"name"`
	Title     string    `json:"title,omitempty"`
	URL       string    `json:"url"`
	MediaType MediaType `json:"mediaType,omitempty"`
}

func (p *Page) linkJSON() pageLink {
	l := pageLink{Title: p.Title(), URL: p.Permalink(), Path: p.Path(), Description: p.Description()}
	if t := p.Date(); !t.IsZero() {
		l.Date = &t
	}
	if t := p.Lastmod(); !t.IsZero() {
		l.Lastmod = &t
	}
	if o := p.OutputFormats().Get("json"); o != nil {
		l.JSON = o.Permalink()
	}
	return l
}

func linkTo(p *Page) *pageLink {
	if p == nil {
		return nil
	}
	l := p.linkJSON()
	return &l
}

// writeJSON writes a page, or a list, as data.
func writeJSON(_ context.Context, w io.Writer, p *Page) error {
	out := pageJSON{
		pageLink: p.linkJSON(), Kind: p.Kind(), Type: p.Type(), Section: p.Section(), Language: p.Site().LanguageCode(),
		Summary: string(p.Summary()), Content: string(p.Content()), WordCount: p.WordCount(), ReadingTime: p.ReadingTime(),
		Params: p.Params(), Parent: linkTo(p.Parent()), Prev: linkTo(p.PrevInSection()), Next: linkTo(p.NextInSection()),
	}
	for t := p.readPart(depPageTerms, "").meta.Terms; t != nil; t = t.next {
		if out.Terms == nil {
			out.Terms = make(map[string]any)
		}
		out.Terms[t.taxonomy] = t.texts
	}
	for _, q := range p.Translations() {
		l := q.linkJSON()
		l.Lang = q.Site().LanguageCode()
		out.Translations = append(out.Translations, l)
	}
	for _, r := range p.Resources() {
		if r.RelPermalink() != "" {
			out.Resources = append(out.Resources, resourceJSON{r.Name(), r.Title(), r.Permalink(), r.MediaType()})
		}
	}
	if p.IsNode() {
		for _, q := range p.Pages() {
			out.Pages = append(out.Pages, q.linkJSON())
		}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return p.jsonError(err)
	}
	return nil
}

// writeText writes a page's text.
func writeText(_ context.Context, w io.Writer, p *Page) error {
	var b strings.Builder
	b.WriteString(p.Title() + "\n")
	if text := strings.TrimSpace(p.Plain()); text != "" {
		b.WriteString("\n" + text + "\n")
	}
	if p.IsNode() && len(p.Pages()) > 0 {
		b.WriteString("\n")
		for _, q := range p.Pages() {
			b.WriteString(q.Title() + "\n" + q.Permalink() + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeMarkdown writes a page as Markdown: its text with shortcodes expanded and links resolved.
func writeMarkdown(_ context.Context, w io.Writer, p *Page) error {
	body, err := p.expandedMarkdown()
	if err != nil {
		return err
	}
	body = bytes.TrimSpace(body)
	var b bytes.Buffer
	if title := p.Title(); title != "" && !bytes.HasPrefix(body, []byte("# ")) {
		b.WriteString("# " + feeds.MarkdownHeading(title) + "\n\n")
	}
	if d := feeds.MarkdownParagraph(p.Description()); d != "" {
		b.WriteString("> " + d + "\n\n")
	}
	b.Write(body)
	if p.IsNode() && len(p.Pages()) > 0 {
		if len(body) > 0 {
			b.WriteString("\n\n")
		}
		for _, l := range markdownLinks(p.Pages()) {
			b.WriteString(feeds.MarkdownLink(l))
		}
	}
	text := bytes.TrimSpace(b.Bytes())
	if bytes.HasPrefix(text, []byte("<")) && p.d.isUntrusted() {
		text = append([]byte(`\`), text...) // or else it is HTML to who does not know the extension
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// expandedMarkdown returns the page's text with shortcodes rendered and links resolved.
func (p *Page) expandedMarkdown() ([]byte, error) {
	if p.read(facetText | facetLine).html {
		return []byte(p.rendered().HTML), nil
	}
	t, err := p.text()
	if err != nil {
		return nil, err
	}
	defer t.release()
	src, err := p.markdownSource(t)
	if err != nil {
		return nil, err
	}
	links := &resolvedLinks{text: src.Text}
	src.Resolve = func(l markdown.Link) (string, error) {
		to, err := p.resolveLink(l)
		if err == nil {
			offset, _ := l.Position()
			links.add(offset-1, l.Destination, p.v.absolute(to))
		}
		return to, err
	}
	src.Position = func(offset int) (line, column int) { return offset + 1, 1 } // offsets are what is asked for
	if _, err := p.v.snap.engine(p.d).Render(p.v.context(), src); err != nil {
		return nil, joinErrors(p.read(facetFile).contentErrors("markdown", err))
	}
	return insert.Expand(nil, links.replaced(), src.Inserts), nil
}

// resolvedLinks are the destinations of links in a text that are to be replaced.
type resolvedLinks struct {
	text []byte
	list []resolvedLink
}

type resolvedLink struct {
	at, length int
	to         string
}

// add notes a link that begins at an offset. Its destination follows in parentheses, or is defined elsewhere.
func (r *resolvedLinks) add(offset int, dest, to string) {
	if dest == to || dest == "" || offset < 0 || offset >= len(r.text) {
		return
	}
	paragraph, _, _ := bytes.Cut(r.text[offset:], []byte("\n\n"))
	for _, open := range []string{"](", "](<"} {
		if i := bytes.Index(paragraph, []byte(open+dest)); i >= 0 {
			r.list = append(r.list, resolvedLink{offset + i + len(open), len(dest), to})
			return
		}
	}
	for _, open := range []string{"]: ", "]: <"} {
		if i := bytes.Index(r.text, []byte(open+dest)); i >= 0 {
			r.list = append(r.list, resolvedLink{i + len(open), len(dest), to})
			return
		}
	}
}

// replaced returns the text with the destinations replaced.
func (r *resolvedLinks) replaced() []byte {
	slices.SortFunc(r.list, func(a, b resolvedLink) int { return cmp.Compare(a.at, b.at) })
	var out []byte
	done := 0
	for _, l := range r.list {
		if l.at < done {
			continue // a definition that several links use
		}
		out = append(append(out, r.text[done:l.at]...), l.to...)
		done = l.at + l.length
	}
	return append(out, r.text[done:]...)
}

// markdownLinks returns links to pages, in Markdown where they have that.
func markdownLinks(pages Pages) []feeds.Link {
	var out []feeds.Link
	for _, q := range pages {
		l := feeds.Link{Title: q.Title(), URL: q.Permalink(), Description: q.Description()}
		if o := q.OutputFormats().Get("markdown"); o != nil {
			l.URL = o.Permalink()
		}
		if l.URL != "" {
			out = append(out, l)
		}
	}
	return out
}

// writeLLMs writes an index of the site for language models, as https://llmstxt.org/ has it.
func writeLLMs(_ context.Context, w io.Writer, p *Page) error {
	site := p.Site()
	title, description := site.Title(), p.Description()
	if title == "" {
		title = firstOf(p.Title(), "Index")
	}
	if description == "" {
		description = site.description()
	}
	var top Pages
	var sections []feeds.Section
	for _, q := range p.Pages() {
		if q.IsPage() {
			top = append(top, q)
		}
	}
	if len(top) > 0 {
		sections = append(sections, feeds.Section{Name: title, Links: markdownLinks(top)})
	}
	for _, q := range site.Sections() {
		if links := markdownLinks(q.RegularPagesRecursive()); len(links) > 0 {
			sections = append(sections, feeds.Section{Name: q.Title(), Links: links})
		}
	}
	return writeAll(w)(feeds.AppendLLMs(nil, title, description, sections))
}

// writeAll writes what a function made, unless it failed.
func writeAll(w io.Writer) func([]byte, error) error {
	return func(b []byte, err error) error {
		if err == nil {
			_, err = w.Write(b)
		}
		return err
	}
}

// writeRobots writes a robots.txt that allows everything, and says where the sitemap is.
func writeRobots(_ context.Context, w io.Writer, p *Page) error {
	var sitemaps []string
	snap, name := p.v.snap, p.v.read(settingSitemap).Sitemap.Filename
	p.v.look(snap.main, p.v.basePath()+name)
	if r := snap.routes.byFile[name]; r != nil && p.v.read(settingBaseURL).base != nil {
		sitemaps = append(sitemaps, p.v.absolute(r.rel))
	}
	return writeAll(w)(feeds.AppendRobots(nil, nil, sitemaps))
}
