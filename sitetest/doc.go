// Package sitetest helps to test what a program makes with package jam: its content, its
// templates and Renderers, its Sources and Outputs.
//
//	func TestPost(t *testing.T) {
//		s := sitetest.Load(t, sitetest.FS(`
//	-- content/posts/hello.md --
//	---
//	title: Hello
//	---
//	The *first* post.
//	`), site.Config())
//
//		s.Output("/posts/hello/").Find("h1").WantText("Hello")
//		s.Output("/posts/").Find("main a").WantAttr("href", "/posts/hello/")
//		s.Build().Golden("testdata/site.txtar")
//	}
//
// # Sites
//
// [Load] loads a site from any file system, such as that of a txtar archive ([FS]), and fails the
// test with every mistake if it cannot. [New] takes a site that the program's own code has loaded.
// [Site.Page] looks up a page, and [Site.Output] renders one file of the output, and nothing else;
// a name that does not exist fails the test, which names a similar one. [Site.Build] builds all in memory.
// [WantErrors], [LoadErrors], [Site.BuildErrors] and [Site.WantWarnings] are for tests of mistakes.
//
// # Assertions
//
// [Output.Find] finds elements by a CSS selector. What is wanted of them is said by methods whose
// names begin with Want. They report with [testing.TB.Errorf], so that a test goes on and shows all that is
// wrong; what a test cannot do without, as a page that does not exist, ends it. A failure says
// where in the output the element stands, which page it is of, what it has and what was wanted:
//
//	posts/hello/index.html:4:3: h1 has the text "Hallo", want "Hello"
//		page: content/posts/hello.md
//		4 | <h1>Hallo</h1>
//
// # Golden files
//
// [Golden] holds a text against a file, and [Build.Golden] all files of a site against one archive. With the flag -update,
// or the environment variable SITETEST_UPDATE, these are written instead; see [UpdateFlag].
//
// # Recorder and clock
//
// [Recorder] notes what a build renders, and [Clock] is a clock that a test sets.
//
// # Conformance
//
// [TestSource], [TestRenderer] and [TestOutput] test that an implementation does what the interfaces of package jam
// ask of it, in the manner of [testing/fstest.TestFS]: they return an error that tells all the problems found.
package sitetest
