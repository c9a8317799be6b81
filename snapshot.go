package jam

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jam-go/jam/internal/i18n"
	dates "github.com/jam-go/jam/internal/locale"
	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/matter"
)

// pageID is a page's place in snapshot.pages.
type pageID int32

const noPage pageID = -1

// pageList is an ordered list of pages, known by its address.
type pageList struct {
	what string // with of, names the list in reports: "section", "/posts"
	of   string
	ids  []pageID
}

func (l *pageList) key() string { return l.what + ":" + l.of }

// snapshot is a loaded site: its model, and the texts of its pages. Nothing in it changes after Load, apart from caches.
type snapshot struct {
	*model
	loaded   time.Time     // when, by the configured clock
	loading  time.Duration // how long it took
	how      howLoaded
	warnings []*Error // of loading, sorted
	base     *view    // the view that Load returns; records nothing

	// Of each page, by its number:
	texts      []pageText
	bodyStates []bodyState

	data     map[string]any
	renderer Renderer
	content  *contentTemplates
	folders  [len(partFolders)]*sitePart // that these are of

	others map[*listed]pageText // texts that are no pages, such as drafts

	caches   sync.Map // partialsKey → *layouts.Cache
	anchors  sync.Map // pageID → []string, of pages that links with an anchor lead to
	searches sync.Map // *siteSearch → *searchIndex

	table *depTable              // of what builds read
	last  atomic.Pointer[ledger] // of the last build
	store *store                 // in the cache, if there is one
	outs  *outputStates

	unkept atomic.Int64 // documents of which the cache does not have what is known; see store.keepDocuments

	bodies    sync.Mutex              // of which body is rendered by whom
	rendering map[*pageData]*bodyWork // now
	cache     bodyCache
	views     chan *view
}

// howLoaded says what a snapshot was made of.
type howLoaded uint8

const (
	wholly    howLoaded = iota // by Load, or in its way
	rebuilt                    // from documents that were described before
	retouched                  // of the model of the one before
)

// model is what a site is but for the texts of its pages: which pages there are, what their front matter says, how they hang
// together and where they go. Snapshots that differ only in texts share one, so nothing in it leads to a snapshot.
type model struct {
	set       *settings
	tree      fs.FS
	cfg       *Config // as given, for Reload
	pages     []*pageData
	parts     []*pageData       // texts that are resources of pages; their numbers follow those of pages
	locals    []*local          // the site in each language
	main      *local            // in its own
	suffixed  map[string]*entry // documents with a language in their names, by their paths
	all       *pageList         // of all languages
	routes    *routeTable
	redirects []Redirect
	noted     []*Error // warnings
	markdown  *markdown.Engine
	strict    *markdown.Engine // for untrusted authors; nil: there are none
	titles    *markdown.Engine // for headings that serve as titles: without the caller's extensions, which see a body once
	minifier  *Minifier
	recursive sync.Map // pageID → *pageList
	span      span     // while the same pages are left out
	known     identities

	// For Reload, unless there are Generators:
	docs     []*listed       // all documents of content, in order of their paths
	made     []*pageData     // what each is described as, nil for those that make no page
	warned   map[string]bool // names of documents of which there are warnings that are told when they are read
	static   []*document
	cascades cascades
	anchored map[pageID]bool // pages of which anchors were looked for while the site was loaded
}

// local is the site in one language.
type local struct {
	*locale
	snap       *model
	byPath     map[string]pageID // logical path → page
	byFolded   map[string]pageID // its logicalKey, where that differs, → page; noPage: several
	bySource   map[string]*entry // document path, without language → what became of it
	left       map[string]string // logical path of what is left out → why
	home       pageID
	regular    *pageList
	sections   *pageList // of the top level
	typed      map[Schema]*pageList
	taxonomies []*taxonomy
	Params     map[string]any // those of the locale, and mainSections
	menus      map[string]*menuTree
	messages   i18n.Chain
	dates      *dates.Dates
	lastmod    time.Time
	related    relatedPages
	search     *siteSearch
	whole      func() *pageList // every page that is in lists
	names      nameIndex
}

// everything returns every page of the language that is in lists, lists included.
func (lc *local) everything() *pageList { return lc.whole() }

// entry is what became of a document: a page, a resource of one, or nothing.
type entry struct {
	page     *pageData
	resource *resourceData
	left     string // why it is no part of the site: "a draft", "expired" …
}

// pageData is what a snapshot knows of a page. There may be a million of them: what few pages have is in pageMore.
type pageData struct {
	id                         pageID
	rank                       int32  // place in the site's order
	parent                     pageID // noPage for the home page
	prev, next, prevIn, nextIn pageID
	code                       kindCode
	part                       bool // a text that belongs to another page, and is one of its resources
	html                       bool // its text is HTML, not Markdown
	headed                     bool // its title is taken from its text, or else from its file's name
	local                      *local
	path                       string // logical path: "/posts/hello"
	meta                       meta

	doc    *document                      // nil for a list that has no file
	params atomic.Pointer[map[string]any] // where they are kept

	route        *route    // nil when the page is not rendered
	terms        []pageID  // pages of its terms, one taxonomy after the other
	translations *pageList // in all languages, itself among them; nil when there are none
	*pageMore              // shared where it is as in plainPage; own makes it the page's own
}

// pageMore is what few pages have.
type pageMore struct {
	front     *matter.Node // of a document made in Go, whose map the caller may change
	said      *meta        // of a list, when it has been given dates
	undated   string       // the file's name without the date, see Config.FileNameDates
	folder    string       // of one without a file, see dir
	rules     []*cascadeRule
	typed     map[Schema]any
	formats   []*route // in all formats, where that is more than HTML
	permalink string   // what Config.Permalink says
	link      string   // path part of the URL of one that is not rendered here, but is said to be there
	resources []*resourceData

	// Of a list:
	children, regular, sections *pageList
	chain                       *pageList // itself and its ancestors
	feed                        *pageList
	pagers                      *pagers
	taxonomy                    *taxonomy // of a taxonomy or term
	term                        *term
}

// plainPage is that of pages which have nothing of it. It is never changed.
var plainPage pageMore

// own returns these fields for changing.
func (d *pageData) own() *pageMore {
	if d.pageMore == &plainPage {
		d.pageMore = new(pageMore)
	}
	return d.pageMore
}

// dir returns the folder of the page's file in the content; "" is the root.
func (d *pageData) dir() string {
	if d.doc == nil {
		return d.folder
	}
	i := strings.LastIndexByte(d.doc.path(), '/')
	return d.doc.path()[:max(i, 0)]
}

// section returns the name of the section at the top that the page is in, "" for none.
func (d *pageData) section() string {
	if d.part {
		if d.parent == noPage {
			return ""
		}
		return d.local.snap.pages[d.parent].section()
	}
	if d.kind() == Kind404 {
		return ""
	}
	top, _, nested := strings.Cut(d.path[min(1, len(d.path)):], "/")
	if d.kind() == KindPage && !nested {
		return ""
	}
	return top
}

// kindCode is a kind's place in kinds.
type kindCode uint8

func (d *pageData) kind() string { return kinds[d.code] }

func newPage(loc *local, kind, logical string) *pageData {
	d := new(pageData)
	d.begin(loc, kind, logical)
	return d
}

// begin makes a page of what is empty.
func (d *pageData) begin(loc *local, kind, logical string) {
	d.local, d.code, d.path = loc, kindCode(slices.Index(kinds, kind)), logical
	d.meta.metaMore, d.pageMore = &plainMeta, &plainPage
	d.id, d.parent, d.prev, d.next, d.prevIn, d.nextIn = noPage, noPage, noPage, noPage, noPage, noPage
}

// slab makes values that live as long as each other, many at a time: the collector has fewer to look at.
type slab[T any] struct{ free []T }

func (s *slab[T]) next() *T {
	const many = 64
	if len(s.free) == 0 {
		s.free = make([]T, many)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	return v
}

// resourceData is a file that belongs to a page.
type resourceData struct {
	doc   *document
	name  string // relative to the page's folder
	file  string // the same with the document's name as it is, which may have a language
	meta  resourceMeta
	text  bool      // Markdown or HTML that would be a page elsewhere: not published
	part  *pageData // that text
	owner *pageData
	route *route
}

// resourceMeta is what a page's front matter says of a resource.
type resourceMeta struct {
	name, title string
	params      map[string]any
}

// acquire returns a view for one render; release gives it back.
func (s *snapshot) acquire() *view {
	select {
	case v := <-s.views:
		return v
	default:
		return newView(s)
	}
}

func (s *snapshot) release(v *view) {
	v.deadline.drop()
	v.rec, v.deep, v.buffers, v.recording = nil, nil, nil, recording{}
	s.retry()
	select {
	case s.views <- v:
	default:
	}
}
