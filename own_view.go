package jam

import "github.com/jam-go/jam/internal/layouts"

// ownView turns what a cached partial returned, which is of the render that made it, into
// the same of the render under way.
func ownView(st *layouts.State, v any) (any, error) {
	p, ok := st.Page.(*Page)
	if !ok {
		return v, nil
	}
	if err := keepable(v); err != nil {
		return nil, err
	}
	return p.v.own(v), nil
}

func (v *view) own(x any) any {
	switch x := x.(type) {
	case *Page:
		return v.ownPage(x)
	case *Site:
		if x != nil {
			return v.site(x.local)
		}
	case Pages:
		return v.ownPages(x)
	case *Resource:
		return v.ownResource(x)
	case Resources:
		return owned(x, v.ownResource)
	case []any:
		return owned(x, v.own)
	case map[string]any:
		return ownedMap(x, v.own)
	}
	return v.ownModel(x)
}

// ownModel is own for what lists of the site are made of.
func (v *view) ownModel(x any) any {
	switch x := x.(type) {
	case PageGroup:
		return v.ownGroup(x)
	case PageGroups:
		return owned(x, v.ownGroup)
	case WeightedPages:
		return v.ownWeighted(x)
	case Taxonomy:
		return ownedMap(x, v.ownWeighted)
	case Taxonomies:
		return ownedMap(x, func(t Taxonomy) Taxonomy { return ownedMap(t, v.ownWeighted) })
	case TaxonomyEntries:
		return owned(x, func(e TaxonomyEntry) TaxonomyEntry { return TaxonomyEntry{e.Name, v.ownWeighted(e.WeightedPages)} })
	case *Pager:
		if x != nil {
			if x.of != nil {
				v.list(x.of)
			}
			return &Pager{page: v.ownPage(x.page), list: v.ownPages(x.list), size: x.size, number: x.number}
		}
	case *PageOutput:
		return v.ownOutput(x)
	case PageOutputs:
		return owned(x, v.ownOutput)
	case *MenuItem:
		return v.ownItem(x)
	case Menu:
		return owned(x, v.ownItem)
	case Menus:
		return ownedMap(x, func(m Menu) Menu { return owned(m, v.ownItem) })
	}
	return x
}

func (v *view) ownPage(p *Page) *Page {
	if p == nil {
		return nil
	}
	return v.page(p.d.id)
}

// ownPages makes a list again, once: many pages may ask for a cached partial that returns it.
func (v *view) ownPages(ps Pages) Pages {
	if len(ps) < fewPages || !v.remembers() {
		return owned(ps, v.ownPage)
	}
	return v.copied(ps, func() Pages { return owned(ps, v.ownPage) })
}

func (v *view) ownResource(r *Resource) *Resource {
	if r == nil {
		return nil
	}
	return &Resource{d: r.d, page: v.ownPage(r.page)}
}

func (v *view) ownOutput(o *PageOutput) *PageOutput {
	if o == nil {
		return nil
	}
	return &PageOutput{o.r, v.ownPage(o.page)}
}

func (v *view) ownGroup(g PageGroup) PageGroup { return PageGroup{v.own(g.Key), v.ownPages(g.Pages)} }

func (v *view) ownWeighted(w WeightedPages) WeightedPages {
	return owned(w, func(w WeightedPage) WeightedPage {
		return WeightedPage{v.ownPage(w.Page), w.Weight, v.ownPage(w.term)}
	})
}

// ownItem makes an entry again, with those above and below it.
func (v *view) ownItem(i *MenuItem) *MenuItem {
	if i == nil {
		return nil
	}
	return v.menu([]*menuNode{i.n}, v.ownItem(i.parent))[0]
}

func owned[S ~[]E, E any](list S, own func(E) E) S {
	if list == nil {
		return nil
	}
	out := make(S, len(list))
	for i, e := range list {
		out[i] = own(e)
	}
	return out
}

func ownedMap[M ~map[string]E, E any](m M, own func(E) E) M {
	if m == nil {
		return nil
	}
	out := make(M, len(m))
	for k, e := range m {
		out[k] = own(e)
	}
	return out
}
