package jam

// TemplateFunctions returns the functions that templates can call, but for those that text/template has itself.
func TemplateFunctions() map[string]any { return PlainTheme().(*templates).engine.Functions() }

// LayoutCandidates lists the files that may be the layout of a page in an output format and a language, "" for any,
// in the order in which they are looked for.
func LayoutCandidates(p *Page, format, lang string) []string {
	q := layoutQuery(p.d, builtinFormats()[format])
	q.Lang = lang
	return p.v.snap.renderer.(*templates).engine.Candidates(q)
}
