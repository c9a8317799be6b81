package jam

import (
	"maps"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/jam-go/jam/internal/pack"
)

// documentEncoder writes what documents are described as.
type documentEncoder struct {
	*pack.Writer
	set   *settings
	texts map[string]int // numbers in list
	list  []string
	lost  bool // something can't be written so that it is read as it was
}

// page writes what a page's document is described as. It is false for what can't be read again as it was.
func (e *documentEncoder) page(d *pageData) ([]byte, bool) {
	e.Writer, e.lost = new(pack.Writer), false
	m := d.described()
	e.Uint(uint64(len(m.Title)))
	e.String(m.Title + m.Description)
	e.time(&m.Date)
	e.Int(m.Weight)
	terms := 0
	for t := m.Terms; t != nil; t = t.next {
		terms++
	}
	e.Uint(uint64(terms))
	for t := m.Terms; t != nil; t = t.next {
		e.shared(t.taxonomy)
		e.Uint(uint64(len(t.texts)))
		for _, text := range t.texts {
			e.shared(text)
		}
	}
	e.Bool(m.metaMore != &plainMeta)
	if m.metaMore != &plainMeta {
		m.metaMore.code(e)
	}
	e.String(d.undated)
	e.Uint(uint64(len(d.rules)))
	for _, rule := range d.rules {
		e.Uint(uint64(rule.number))
	}
	return e.B, !e.lost
}

// shared writes a text that many documents have.
func (e *documentEncoder) shared(text string) {
	n, ok := e.texts[text]
	if !ok {
		n = len(e.list)
		e.texts[text], e.list = n, append(e.list, text)
	}
	e.Uint(uint64(n))
}

// documentDecoder reads what documentEncoder wrote.
type documentDecoder struct {
	*pack.Reader
	set   *settings
	texts []string
	rules []*cascadeRule // by their numbers
}

// page reads what a page's document is described as.
func (d *documentDecoder) page(p *pageData) {
	m := &p.meta
	title := d.Uint()
	texts := d.String()
	if title > uint64(len(texts)) {
		d.Fail()
		return
	}
	m.Title, m.Description = texts[:title], texts[title:]
	d.time(&m.Date)
	m.Weight = d.Int()
	last := &m.Terms
	for range d.Len(2) {
		t := &termTexts{taxonomy: d.shared()}
		if n := d.Len(1); n > 0 {
			t.texts = make([]string, n)
		}
		for i := range t.texts {
			t.texts[i] = d.shared()
		}
		*last, last = t, &t.next
	}
	if d.Bool() {
		m.own().code(d)
	}
	if undated := d.String(); undated != "" {
		p.own().undated = undated
	}
	for range d.Len(1) {
		if i := d.Index(len(d.rules)); !d.Bad() {
			p.own().rules = append(p.rules, d.rules[i])
		}
	}
}

func (d *documentDecoder) shared() string {
	if i := d.Index(len(d.texts)); !d.Bad() {
		return d.texts[i]
	}
	return ""
}

// fieldCoder writes fields, or reads them.
type fieldCoder interface {
	text(*string)
	flag(*bool)
	int(*int)
	float(*float64)
	time(*time.Time)
	count(n, size int) int // of elements, each of which takes size bytes at least
	loses(any bool)        // there is something that is not written
}

// code writes the fields that few pages have, or reads them.
func (m *metaMore) code(c fieldCoder) {
	for _, field := range []*string{&m.LinkTitle, &m.Summary, &m.Slug, &m.URL, &m.Layout, &m.Type, &m.TranslationKey, &m.Redirect} {
		c.text(field)
	}
	for _, field := range []*time.Time{&m.Lastmod, &m.PublishDate, &m.ExpiryDate} {
		c.time(field)
	}
	c.flag(&m.Draft)
	for _, field := range []*[]string{&m.Aliases, &m.Keywords, &m.Outputs} {
		codeTexts(c, field)
	}
	codeWeights(c, &m.TermWeights)
	for i := range sized(&m.Menus, c, 10) {
		m.Menus[i].code(c)
	}
	m.codePagination(c)
	for i := range sized(&m.Resources, c, 5) {
		r := &m.Resources[i]
		c.text(&r.src)
		c.text(&r.name)
		c.text(&r.title)
		c.int(&r.line)
		c.int(&r.column)
		c.loses(r.params != nil)
	}
	c.loses(len(m.Cascade) > 0)
	c.text(&m.Sitemap.ChangeFreq)
	c.float(&m.Sitemap.Priority)
	c.text(&m.Sitemap.Filename)
	c.flag(&m.Sitemap.Disable)
	c.text(&m.Build.Render)
	c.text(&m.Build.List)
	c.flag(&m.Build.PublishResources)
}

func (e *MenuEntry) code(c fieldCoder) {
	for _, field := range []*string{&e.Menu, &e.Name, &e.Title, &e.Identifier, &e.Parent, &e.Pre, &e.Post, &e.URL, &e.PageRef} {
		c.text(field)
	}
	for _, field := range []*int{&e.Weight, &e.line, &e.column} {
		c.int(field)
	}
	c.loses(e.Params != nil)
}

func (m *metaMore) codePagination(c fieldCoder) {
	there := m.Pagination != nil
	if c.flag(&there); !there {
		return
	}
	if m.Pagination == nil {
		m.Pagination = new(Pagination)
	}
	p := m.Pagination
	for _, field := range []*int{&p.Size, &p.line, &p.column} {
		c.int(field)
	}
	for _, field := range []*string{&p.Path, &p.Order, &p.Of} {
		c.text(field)
	}
}

// sized gives a list the length that is read.
func sized[T any](list *[]T, c fieldCoder, size int) []T {
	if n := c.count(len(*list), size); n != len(*list) {
		*list = make([]T, n)
	}
	return *list
}

// codeTexts tells an empty list from none.
func codeTexts(c fieldCoder, list *[]string) {
	there := *list != nil
	if c.flag(&there); !there {
		return
	}
	if *list == nil {
		*list = []string{}
	}
	for i := range sized(list, c, 1) {
		c.text(&(*list)[i])
	}
}

func codeWeights(c fieldCoder, weights *map[string]int) {
	there := *weights != nil
	if c.flag(&there); !there {
		return
	}
	if *weights == nil {
		*weights = make(map[string]int)
	}
	names := slices.Sorted(maps.Keys(*weights))
	for i := range sized(&names, c, 2) {
		c.text(&names[i])
		weight := (*weights)[names[i]]
		c.int(&weight)
		(*weights)[names[i]] = weight
	}
}

func (e *documentEncoder) text(s *string)   { e.String(*s) }
func (e *documentEncoder) flag(b *bool)     { e.Bool(*b) }
func (e *documentEncoder) int(n *int)       { e.Int(*n) }
func (e *documentEncoder) float(f *float64) { e.Fixed(math.Float64bits(*f)) }
func (e *documentEncoder) loses(any bool)   { e.lost = e.lost || any }

func (e *documentEncoder) count(n, _ int) int {
	e.Uint(uint64(n))
	return n
}

func (d *documentDecoder) text(s *string)        { *s = d.String() }
func (d *documentDecoder) flag(b *bool)          { *b = d.Bool() }
func (d *documentDecoder) int(n *int)            { *n = d.Int() }
func (d *documentDecoder) float(f *float64)      { *f = math.Float64frombits(d.Fixed()) }
func (d *documentDecoder) loses(bool)            {}
func (d *documentDecoder) count(_, size int) int { return d.Len(size) }

// Where the zone of a time is known from.
const (
	inUTC = iota
	inSiteZone
	inFixedZone
)

// time writes a time. One of the site's zone is written as its clocks show it, as it stands in front matter.
func (e *documentEncoder) time(t *time.Time) {
	name, offset := t.Zone()
	switch loc := t.Location(); {
	case loc == time.UTC:
		e.Uint(inUTC)
		e.instant(*t)
	case loc == e.set.Location:
		e.Uint(inSiteZone)
		shown := shownIn(*t, time.UTC)
		e.instant(shown)
		e.loses(!shownIn(shown, loc).Equal(*t))
	default:
		e.Uint(inFixedZone)
		e.Int(offset)
		e.String(name)
		e.instant(*t)
		e.loses(!reflect.DeepEqual(loc, time.FixedZone(name, offset)))
	}
}

func (e *documentEncoder) instant(t time.Time) {
	e.Int(int(t.Unix()))
	e.Uint(uint64(t.Nanosecond()))
}

// shownIn returns the time at which clocks in a zone show what those of t's zone show at t.
func shownIn(t time.Time, loc *time.Location) time.Time {
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	return time.Date(year, month, day, hour, minute, second, t.Nanosecond(), loc)
}

func (d *documentDecoder) time(t *time.Time) {
	switch d.Uint() {
	case inUTC:
		*t = d.instant()
	case inSiteZone:
		*t = shownIn(d.instant(), d.set.Location)
	case inFixedZone:
		offset, name := d.Int(), d.String()
		*t = d.instant().In(time.FixedZone(name, offset))
	default:
		d.Fail()
	}
}

func (d *documentDecoder) instant() time.Time {
	second := d.Int()
	return time.Unix(int64(second), int64(d.Index(int(time.Second)))).UTC()
}
