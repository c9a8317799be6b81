package markdown

import "errors"

// Hooks render elements in place of this package and of extensions. What a hook returns is
// trusted HTML, which is written as it is. A member that is nil, or that returns nil, leaves
// an element to the default. An error ends the rendering and is returned with the position of the
// element. Hooks are called in the order of the document, inner elements first, and not for
// what is in an image's description; those of one document never at the same time.
//
// They are the render hooks of Hugo, with its names.
type Hooks struct {
	Link    func(*LinkContext) (string, error) // also for autolinks
	Image   func(*ImageContext) (string, error)
	Heading func(*HeadingContext) (string, error)
	Table   func(*TableContext) (string, error)

	// CodeBlock is asked for the hook of the fenced code blocks of a language.
	CodeBlock func(language string) func(*CodeBlockContext) (string, error)

	// Blockquote is asked for the hook of the blockquotes of a type, "regular" or "alert",
	// and of a kind of alert, such as "note", in lower case.
	Blockquote func(typ, alert string) func(*BlockquoteContext) (string, error)

	// Passthrough is asked for the hook of passthrough elements of a type, "block" or "inline".
	Passthrough func(typ string) func(*PassthroughContext) (string, error)
}

// Element is what the contexts of all hooks have. It is valid until the hook returns.
type Element struct {
	Ordinal      int // the number of elements of the kind before it in the document
	Line, Column int // in the file
	Data         any // Source.HookData

	// Attributes are those that the author set, also those that are no safe HTML
	// attributes and would be left out, except event handlers.
	Attributes map[string]string

	render func() (string, error)
}

var errLateDefault = errors.New("the default rendering is asked for after the hook returned")

// Default returns the element as it is rendered without the hook. Its error is that
// of an extension.
func (e *Element) Default() (string, error) {
	if e.render == nil {
		return "", errLateDefault
	}
	return e.render()
}

// LinkContext is a link.
type LinkContext struct {
	Element
	Destination string // to write as it is, but for escaping in HTML; "" if it is not safe
	Written     string // the destination that stands in the source
	Title       string
	Text        string // HTML
	PlainText   string
}

// ImageContext is an image.
type ImageContext struct {
	Element            // with the attributes of its paragraph, if it is a block
	Destination string // as in LinkContext
	Written     string
	Title       string
	Text        string // HTML
	PlainText   string
	IsBlock     bool // it is all of a paragraph, in whose place the HTML stands
}

// HeadingContext is a heading.
type HeadingContext struct {
	Element
	Level     int
	Anchor    string // its id
	Text      string // HTML
	PlainText string
}

// CodeBlockContext is a fenced code block.
type CodeBlockContext struct {
	Element                   // with the attributes that are no options of a highlighter
	Type    string            // the language
	Inner   string            // the code; inserts in it are plain text
	Options map[string]string // of the highlighter; names in lower case, values as written
}

// BlockquoteContext is a blockquote or an alert.
type BlockquoteContext struct {
	Element
	Type       string // "regular" or "alert"
	Text       string // HTML, without the title
	AlertType  string // lower case
	AlertTitle string // HTML; "" if the author wrote none
	AlertSign  string // "+", "-" or ""
}

// TableContext is a table.
type TableContext struct {
	Element
	THead, TBody [][]TableCell // rows
}

// TableCell is a cell of a table.
type TableCell struct {
	Text      string // HTML
	Alignment string // "left", "center", "right" or ""
}

// PassthroughContext is text between delimiters of Config.Passthrough.
type PassthroughContext struct {
	Element
	Type  string // "block" or "inline"
	Inner string // without the delimiters; inserts in it are plain text
}
