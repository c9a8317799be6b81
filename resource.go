package jam

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/jam-go/jam/internal/glob"

	"github.com/jam-go/jam/internal/digest"
)

// Resource is a file that belongs to a page, such as an image in its folder. A
// build copies it to where the page is.
type Resource struct {
	d    *resourceData
	page *Page // through which it was reached
}

// resourcesOf returns resources of a page.
func resourcesOf(p *Page, list []*resourceData) Resources {
	if len(list) == 0 {
		return nil
	}
	out := make(Resources, len(list))
	for i, r := range list {
		out[i] = &Resource{d: r, page: p}
	}
	return out
}

// read returns the resource's data after noting that a part of it is read.
func (r *Resource) read(what resourcePart) *resourceData {
	if rec := r.page.v.rec; rec != nil {
		rec.resource(r.page.d, what, r.d, "")
	}
	return r.d
}

// String returns the resource's name.
func (r *Resource) String() string { return r.Name() }

// Name returns the resource's name: the one that the page's front matter gives it in
// resources, or else its path from the page's folder.
func (r *Resource) Name() string { return r.read(resourceName).title("") }

// Title returns the resource's title: the one that the page's front matter gives
// it, or else its name.
func (r *Resource) Title() string {
	d := r.read(resourceTitle)
	if d.meta.title == "" && d.part != nil {
		r.read(resourceName)
		return r.page.v.page(d.part.id).read(facetTitle).meta.Title
	}
	return d.title(d.meta.title)
}

// Page returns the page that a text in the folder of another page makes: it has content, a title and
// parameters, and no URL. It is nil for other files.
func (r *Resource) Page() *Page {
	if d := r.read(resourceName); d.part != nil {
		return r.page.v.page(d.part.id)
	}
	return nil
}

// Params returns the parameters that the page's front matter gives the resource. Do not
// change them.
func (r *Resource) Params() map[string]any {
	d := r.read(resourceParams)
	if d.part != nil {
		r.read(resourceName)
		return overlay(r.page.v.page(d.part.id).Params(), d.meta.params)
	}
	return d.meta.params
}

// title returns the first that there is: the given one, the name from front matter, and the file's.
func (d *resourceData) title(given string) string { return cmp.Or(given, d.meta.name, d.name) }

// RelPermalink returns the path part of the resource's URL, percent-encoded.
func (r *Resource) RelPermalink() string {
	if d := r.read(resourceRoute); d.route != nil {
		return d.route.rel
	}
	return ""
}

// Permalink returns the resource's URL; see [Page.Permalink].
func (r *Resource) Permalink() string {
	return r.page.v.absolute(r.RelPermalink())
}

// MediaType returns the resource's media type by its extension, such as
// "image/png", without parameters; "" when unknown.
func (r *Resource) MediaType() MediaType { return r.read(resourceName).mediaType() }

// ResourceType returns the first part of the media type, such as "image";
// "page" for a page's text that belongs to another page.
func (r *Resource) ResourceType() string {
	return r.read(resourceName).kind()
}

func (d *resourceData) mediaType() MediaType { return MediaType(mediaType(d.name)) }

func (d *resourceData) kind() string {
	if isContent(d.name) {
		return "page"
	}
	return d.mediaType().MainType()
}

// Open opens the resource's content.
func (r *Resource) Open() (io.ReadCloser, error) {
	d := r.read(resourceName)
	if d.part != nil {
		r.page.v.page(d.part.id).read(facetText)
		src, err := r.page.v.snap.readText(d.part, nil)
		if err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(src)), nil
	}
	doc := d.doc
	r.page.v.note(depResource, "", doc.name)
	var rc io.ReadCloser
	err := guard("read", func() (err error) {
		rc, err = doc.open()
		return err
	})
	if !r.page.v.couldRead(doc.name, err) {
		return nil, wrapOp(r.page.v.context(), "read", doc.name, err)
	}
	return rc, nil
}

// Content returns the resource's content: of a text that makes a page, that page's as
// [template.HTML], and of any other file its bytes as a string.
func (r *Resource) Content() (any, error) {
	if p := r.Page(); p != nil {
		return p.Content(), nil
	}
	rc, err := r.Open()
	if err != nil {
		return nil, err
	}
	var b []byte
	err = guard("read", func() (err error) {
		defer func() { err = errors.Join(err, rc.Close()) }()
		b, err = readAll(rc, r.page.v.snap.set.Limits.FileSize)
		return err
	})
	if !r.page.v.couldRead(r.d.doc.name, err) {
		return nil, wrapOp(r.page.v.context(), "read", r.d.doc.name, err)
	}
	r.page.v.observe(depResource, r.d.doc.name, digest.Hash(depResource).Bytes(b).Bool(true).Sum())
	return string(b), nil
}

// resourceText gives functions that read text the text of a resource.
func resourceText(v any) (text, mediaType string, ok bool, err error) {
	r, ok := v.(*Resource)
	if !ok || r == nil {
		return "", "", false, nil
	}
	content, err := r.Content()
	text, _ = stringOf(content)
	return text, string(r.MediaType()), true, err
}

// Resources is a list of a page's resources.
type Resources []*Resource

// Get returns the resource with that name, or nil.
func (rs Resources) Get(name string) *Resource {
	name = path.Clean(name)
	for _, r := range rs {
		if r.d.title("") == name {
			return r
		}
	}
	for _, r := range rs { // front matter may have given it another name
		if r.d.name == name {
			return r
		}
	}
	return nil
}

// GetMatch returns the first resource whose name matches pattern, such as
// "images/*.png", or nil. Case is ignored.
func (rs Resources) GetMatch(pattern string) (*Resource, error) {
	all, err := rs.Match(pattern)
	if len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// Match returns the resources whose names match pattern. Case is ignored.
func (rs Resources) Match(pattern string) (Resources, error) {
	g, err := glob.Compile(strings.ToLower(pattern))
	if err != nil {
		return nil, err
	}
	var out Resources
	for _, r := range rs {
		if g.Match(strings.ToLower(r.d.title(""))) || g.Match(strings.ToLower(r.d.name)) {
			out = append(out, r)
		}
	}
	return out, nil
}

// ByType returns the resources of a type, such as "image"; see [Resource.ResourceType].
func (rs Resources) ByType(kind string) Resources {
	var out Resources
	for _, r := range rs {
		if r.d.kind() == kind {
			out = append(out, r)
		}
	}
	return out
}

// File tells where a page comes from.
type File struct {
	path, name string
}

// String returns the file's path.
func (f *File) String() string { return f.Path() }

// Path returns the file's path in the content, such as "posts/hello.md".
func (f *File) Path() string { return f.path }

// Filename returns the name by which messages call the file.
func (f *File) Filename() string { return f.name }

// Dir returns the folder of the file in the content, with a slash at its end;
// "" for the root.
func (f *File) Dir() string {
	if d := path.Dir(f.path); d != "." {
		return d + "/"
	}
	return ""
}

// LogicalName returns the file's name without its folder.
func (f *File) LogicalName() string { return path.Base(f.path) }

// Ext returns the file's extension without the dot.
func (f *File) Ext() string { return strings.TrimPrefix(path.Ext(f.path), ".") }

// BaseFileName returns the file's name without folder and extension.
func (f *File) BaseFileName() string { return baseName(f.path) }

// ContentBaseName returns the folder's name for an index file, and
// BaseFileName otherwise.
func (f *File) ContentBaseName() string {
	b := baseName(f.path)
	if d := path.Dir(f.path); isIndex(b) && d != "." {
		return path.Base(d)
	}
	return b
}

// mediaTypes are those of the web. The host's own table is not asked: the same
// site must come out the same everywhere.
var mediaTypes = map[string]string{
	".html": "text/html", ".htm": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
	".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json",
	".geojson": "application/geo+json", ".jsonld": "application/ld+json",
	".xml": "application/xml", ".rss": "application/rss+xml", ".atom": "application/atom+xml",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".bmp": "image/bmp", ".tif": "image/tiff", ".tiff": "image/tiff",
	".mp4": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg", ".mov": "video/quicktime",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".pdf": "application/pdf", ".zip": "application/zip", ".gz": "application/gzip", ".wasm": "application/wasm",
	".txt": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown", ".csv": "text/csv", ".ics": "text/calendar",
	".toml": "application/toml", ".yaml": "application/yaml", ".yml": "application/yaml",
}

func mediaType(name string) string { return mediaTypes[strings.ToLower(path.Ext(name))] }

// baseName returns a path's last element without its extension.
func baseName(p string) string {
	b := path.Base(p)
	return strings.TrimSuffix(b, path.Ext(b))
}
