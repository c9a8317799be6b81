// Package related finds the documents of a site that are related to one
// another by the keywords they share.
//
// It ranks as Hugo documents and does
// (https://gohugo.io/content-management/related-content/), and knows only
// numbers: a document is its place, 0 to n-1, in the site's order. Its caller
// supplies the keywords of every index, front matter values, dates formatted
// with a pattern or heading identifiers, and turns the answers into pages.
//
// # Rank
//
// Every keyword that a candidate shares with the document searched for is a
// match and adds the weight of its index. With s the sum of the weights and m
// the number of matches, a candidate is related when
//
//	norm(s / m) >= Threshold / m
//
// in integer division, where norm maps the range of the configured weights,
// which always includes 0, to 0..100 and rounds half up. So a candidate with
// more matches may have lighter ones. Results are in order of s, highest
// first; then newer first; then in the site's order. A document is never
// related to itself.
//
// Unless [Config.IncludeNewer] is set, candidates dated after the document are
// left out. Equal dates are no bar, and a document without a date (a zero
// time) has no such bound.
//
// A document has a keyword of an index or does not: repeats count once, also
// those that arise from lower-casing. (Hugo multiplies the weight by the number
// of repeats.) Keywords that a [Query] adds count each time they are given.
//
// # Cost
//
// The documents of a keyword are listed newest first. Of a list longer than
// [Config.Window] only a window is read, so that a search reads at most
// (keywords × Window) entries, however many documents there are:
//
//   - The window holds the Window documents nearest, by place in the list, to
//     the place that the document searched for has or would have in it. Half
//     of them are newer and half older; what one side lacks, the other side
//     supplies. Documents that are excluded as newer, and the document
//     itself, do not count.
//   - A search without a document looks from the place of its date, before
//     the documents of that very date, or without a date from the newest.
//   - A document in the window of at least one keyword is a candidate.
//   - The rank of a candidate is exact: it includes shared keywords in whose
//     window the candidate is not.
//
// A search is therefore exact as long as no keyword has more than Window
// documents besides the one searched for, and otherwise never ranks what it
// returns wrongly: it may only miss documents that are far away in time and
// share nothing but such common keywords.
package related
