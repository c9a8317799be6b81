package jam

import (
	"io/fs"
	"sync"
	"time"

	"github.com/jam-go/jam/internal/markdown"
	"github.com/jam-go/jam/internal/matter"
)

// pageID is a page's place in snapshot.pages.
type pageID int32

const noPage pageID = -1

// pageList is an ordered list of pages, known by its address.
type pageList struct {
	key string // names the list in reports, such as "section:posts"
	ids []pageID
}

// snapshot is a loaded site. Nothing in it changes after Load, apart from caches.
type snapshot struct {
	set       *settings
	tree      fs.FS
	cfg       *Config       // as given, for Reload
	loaded    time.Time     // when, by the configured clock
	loading   time.Duration // how long it took
	pages     []*pageData
	byPath    map[string]pageID // logical path → page
	bySource  map[string]*entry // document path → what became of it
	left      map[string]string // logical path of what is left out → why
	home      pageID
	regular   *pageList
	sections  *pageList // of the top level
	typed     map[Schema]*pageList
	data      map[string]any
	routes    *routeTable
	warnings  []*Error
	lastmod   time.Time
	markdown  *markdown.Engine
	renderer  Renderer
	minifier  *Minifier
	caches    sync.Map // *templates → *layouts.Cache
	base      *view    // the view that Load returns; records nothing
	recursive sync.Map // pageID → *pageList

	notes            templateNotes
	namesOnce        sync.Once
	byName, byFolder map[string][]string // for suggestions
	byLast, byParent map[string][]string
	views            chan *view
}

// entry is what became of a document: a page, a resource of one, or nothing.
type entry struct {
	doc      *Document
	page     *pageData
	resource *resourceData
	left     string // why it is no part of the site: "a draft", "expired" …
}

// pageData is what a snapshot knows of a page.
type pageData struct {
	id        pageID
	kind      string
	path      string // logical path: "/posts/hello"
	dir       string // folder of its file in the content; "" is the root
	meta      meta
	sortTitle string    // the link title in lower case
	doc       *Document // nil for a section that has no file
	front     *matter.Node
	typed     map[Schema]any

	body     []byte
	bodyLine int
	format   string // "markdown" or "html"

	route   *route // nil when the page is not rendered
	link    string // path part of the URL of one that is not rendered here, but is said to be there
	parent  pageID
	section string

	children, regular, sections *pageList // of a home or section page
	chain                       *pageList // of the same: itself and its ancestors
	prev, next, prevIn, nextIn  pageID
	resources                   []*resourceData

	content contentCache
}

// resourceData is a file that belongs to a page.
type resourceData struct {
	doc   *Document
	name  string // relative to the page's folder
	text  bool   // Markdown or HTML that would be a page elsewhere: not published
	owner *pageData
	route *route
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
	v.rec = nil
	select {
	case s.views <- v:
	default:
	}
}
