package jam

import "github.com/jam-go/jam/internal/funcs"

// pageReflect is the name space reflect.
type pageReflect struct{ funcs.Reflect }

// IsPage reports whether a value is a page.
func (pageReflect) IsPage(v any) bool {
	p, ok := v.(*Page)
	return ok && p != nil
}

// IsSite reports whether a value is a site.
func (pageReflect) IsSite(v any) bool {
	s, ok := v.(*Site)
	return ok && s != nil
}

// IsResource reports whether a value is a resource, or a page.
func (r pageReflect) IsResource(v any) bool {
	res, ok := v.(*Resource)
	return ok && res != nil || r.IsPage(v)
}

// IsImageResource reports whether a value is a resource that is an image.
func (pageReflect) IsImageResource(v any) bool {
	res, ok := v.(*Resource)
	return ok && res != nil && res.ResourceType() == "image"
}
