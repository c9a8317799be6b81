package jam

import (
	"crypto/md5"
	"encoding/hex"
	"path"
	"strings"
)

// BundleType returns "leaf" for a page with a folder of its own, whose text is index.md, "branch" for
// one whose text is _index.md, and "" for other pages.
func (p *Page) BundleType() string {
	d := p.read(facetPlace | facetFile)
	switch {
	case d.doc == nil || d.part:
		return ""
	case d.isList():
		return "branch"
	case isIndex(baseName(d.doc.path())):
		return "leaf"
	}
	return ""
}

// IsBranch is the same as IsNode, by another name that templates know.
func (p *Page) IsBranch() bool { return p.IsNode() }

// Name returns the title, by the name that templates know of resources.
func (p *Page) Name() string { return p.Title() }

// Len returns the length of the content in bytes.
func (p *Page) Len() int { return len(p.Content()) }

// UniqueID returns a checksum of the file's path in the content, for an id.
func (f *File) UniqueID() string {
	sum := md5.Sum([]byte(f.path))
	return hex.EncodeToString(sum[:])
}

// TranslationBaseName returns the file's name without folder, extension and language.
func (f *File) TranslationBaseName() string {
	name, _, _ := strings.Cut(path.Base(f.path), ".")
	return name
}

// ByLanguage orders by language, in the order of [Config.Languages].
func (ps Pages) ByLanguage() Pages {
	return orderedBy(ps, "ByLanguage", func(p *Page) int { return p.d.local.index }, func(a, b int) int { return a - b })
}

// Page returns the page of the taxonomy, or nil for one without terms.
func (t Taxonomy) Page() *Page {
	for _, w := range t {
		if term := w.Page(); term != nil {
			return term.Parent()
		}
	}
	return nil
}

// Ref is [Page.Ref] of the page that the call is in.
func (s *Shortcode) Ref(reference any) (string, error) { return s.page.Ref(reference) }

// RelRef is [Page.RelRef] of the page that the call is in.
func (s *Shortcode) RelRef(reference any) (string, error) { return s.page.RelRef(reference) }
