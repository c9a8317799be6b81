// Package fragment edits fragments of HTML for feeds without parsing them into
// a tree: it reads tags, comments and raw text as the HTML standard's tokenizer
// does (section 13.2.5) and leaves every byte alone that it needn't change.
package fragment
