// Package diagram draws diagrams made of characters as inline SVG when a site is built,
// without JavaScript, in the language of GoAT, which is that of Markdeep:
//
//	```goat {title="How a page is made"}
//	.---------.     .------.
//	| content +---->| page |
//	'---------'     '------'
//	```
//
// [Hooks] makes code blocks of the language goat such diagrams:
//
//	cfg := &jam.Config{}
//	diagram.Hooks(&cfg.Markdown.Hooks)
//
// In templates, [SVG] can be a function: Config.Funcs = template.FuncMap{"goat": diagram.SVG}.
//
// # SVG
//
// The diagram has the colour of the text around it, light or dark. Hollow circles are filled with
// the page's colour by the property color-scheme; for a page with other colours, a style sheet
// says so. The class is diagram, and the fence's attributes may give more, and an id:
//
//	svg.diagram { display: block; max-width: 100%; height: auto } /* as in the plain theme */
//	svg.diagram .hollow { fill: var(--background) }
//
// With a title, from the fence's attributes title or alt, the diagram is an image of that
// name to screen readers. Without, they read its words.
//
// A character that is as wide as two, as those of Chinese, takes the place of two, as in
// editors. Tabs go to the next multiple of eight. A diagram cannot be larger than some 250
// by 100 characters: the time that it takes grows with the cube of its size.
//
// # Mermaid
//
// Diagrams in the language of Mermaid are drawn by a script in the browser. [jam.Markdown.Diagrams]
// writes the code blocks for it; the page needs the script, best from a copy of the site's own:
//
//	{{ if in .Content `class="mermaid"` }}
//	<script type="module">
//	import mermaid from "/js/mermaid.esm.min.mjs"
//	mermaid.initialize({ startOnLoad: true, theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "default" })
//	</script>
//	{{ end }}
package diagram
