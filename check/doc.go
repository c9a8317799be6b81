// Package check says what is wrong with a finished site: broken links and
// anchors, missing titles and descriptions, images without alternative texts,
// HTML that validators refuse, feeds and sitemaps that don't parse, what a
// template left behind, and more. It reads any file system of HTML files, whoever
// made them.
//
// # In a test
//
// One line fails a test with all that is wrong:
//
//	func TestSite(t *testing.T) {
//		check.Test(t, os.DirFS("public"), &check.Options{BaseURL: "https://example.com/"})
//	}
//
// A site of jam's needn't be built for that: site.FS(t.Context()) renders pages as
// they are read.
//
// # As data
//
// [Run] returns a [Report], whose findings have a file, line, column, rule,
// severity, message and fix, and can be written as JSON:
//
//	report, err := check.Run(ctx, os.DirFS("public"), nil)
//	for _, f := range report.Findings {
//		fmt.Println(f)
//	}
//
// # Rules
//
// Each finding is that of a rule, such as link-broken. [Rules] and docs/check.md
// list them. A rule is off, or its findings are warnings or errors; [Options.Rules]
// changes that. What is known and to stay goes into [Options.Ignore], by rule,
// file and what the finding is about; the report names exceptions that nothing
// needs any more. An element with the attribute data-check-ignore is left alone,
// with all that is in it; a value lists the rules:
//
//	<a href="/later/" data-check-ignore="link-broken">…</a>
//
// # Links
//
// Links are followed as browsers do: relative to the page or its base element,
// with character references and percent-encoding decoded, a folder standing for
// its index.html. With [Options.BaseURL], absolute URLs of the site itself are
// links like others, and links that leave the path under which it is published
// are found. What is in a template element isn't followed, nor are links whose
// scheme isn't http or https. Links to other sites are asked for with
// [Options.External] only.
//
// # HTML
//
// Pages are read by the rules of the HTML standard for tags, comments and character
// references. Of what a validator says about the tree of elements, check finds what
// has consequences: elements that aren't closed, or are closed in the wrong order,
// that can't be where they are, that there are not, or no longer. It doesn't know
// which attributes each element may have, or the grammar of most values.
//
// # Memory and time
//
// Files are read one after another on each of several goroutines, and of a page
// only its title, its ids and its links to parts of other pages are kept.
package check
