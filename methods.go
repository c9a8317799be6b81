package jam

import "github.com/jam-go/jam/internal/exec"

// templateMethods are the types whose methods templates call most, and the results that these have beside
// frequent ones. Methods that it leaves out are called by reflection, which is slower and else the same.
func templateMethods() []exec.Methods {
	return []exec.Methods{
		exec.MethodsOf[*Page](
			exec.ResultOf[*Page, Pages](), exec.ResultOf[*Page, *Site](), exec.ResultOf[*Page, *Pager](), exec.ResultOf[*Page, *Store](),
			exec.ResultOf[*Page, *File](), exec.ResultOf[*Page, Resources](), exec.ResultOf[*Page, PageOutputs](), exec.ResultOf[*Page, Language](),
		).Watched(lentOfPages...),
		exec.MethodsOf[*Resource]().Watched(lentOfResources...),
		exec.MethodsOf[Resources](exec.ResultOf[Resources, *Resource]()).List("").Asked(askedOfResources...),
		exec.MethodsOf[Pages]().List("Len", "Limit", "Next", "Prev", "Related").Asked(askedOfPages...),
		exec.MethodsOf[pageCollections]().Asked(askedCollections...),
		exec.MethodsOf[*Site](
			exec.ResultOf[*Site, Pages](), exec.ResultOf[*Site, *Page](), exec.ResultOf[*Site, Menus](), exec.ResultOf[*Site, Taxonomies](),
			exec.ResultOf[*Site, Language](),
		).Watched(lentOfSites...),
		exec.MethodsOf[Menus]().List(""),
		exec.MethodsOf[Taxonomies]().List(""),
		exec.MethodsOf[Taxonomy]().List("", "Get", "Count", "Alphabetical", "ByCount", "Page"),
		exec.MethodsOf[WeightedPages]().List("", "Pages", "Count", "Len", "Page"),
		exec.MethodsOf[TaxonomyEntries]().List("", "Reverse"),
		exec.MethodsOf[TaxonomyEntry]().List(""),
		exec.MethodsOf[*Pager](exec.ResultOf[*Pager, Pages](), exec.ResultOf[*Pager, *Page](), exec.ResultOf[*Pager, []*Pager]()),
		exec.MethodsOf[*MenuItem](exec.ResultOf[*MenuItem, Menu](), exec.ResultOf[*MenuItem, *Page]()),
		exec.MethodsOf[*Shortcode](exec.ResultOf[*Shortcode, *Page](), exec.ResultOf[*Shortcode, *Site](), exec.ResultOf[*Shortcode, *Store]()),
		exec.MethodsOf[*File](),
		exec.MethodsOf[Language]().List("", partsOfLanguage...),
	}
}
