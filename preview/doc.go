// Package preview shows a jam site in the browser while it is written. Pages are rendered from
// the newest state of the files when they are asked for; they reload when what they
// show has changed, and say what is wrong when something is.
//
// A program mounts a [Handler] in its own server:
//
//	h, err := preview.New(ctx, "site", cfg, nil)
//	if err != nil {
//		return err
//	}
//	defer h.Close()
//	mux.Handle("/", h)
//
// or has [Run] do everything, at an address of this computer:
//
//	err := preview.Run(ctx, "site", cfg, &preview.Options{
//		Addr:  "127.0.0.1:8080",
//		Ready: func(url string) { fmt.Println("Preview at", url) },
//	})
//
// # What reloads
//
// A page in the browser reloads only when it would be another one now, and stays scrolled
// where it was, parts of it too. When a style sheet has changed that it uses, the new one takes the
// place of the old without a reload; so do images. For scripts and whatever else a page
// has loaded, it reloads. Pages that a change does not reach are left alone.
//
// A request that comes after a change has been noticed waits until the change is loaded, so that nothing
// old is shown after that.
//
// # Mistakes
//
// When the site has mistakes, an open page stays as it was, below a list of them: messages
// with file, line and column, and the lines around. Closing the list shows the page; when everything is
// mended, it goes by itself. A page that is asked for meanwhile is shown as it was last, in
// the same way, or else the list alone. The status is 500 in both cases, and programs that do not ask
// for HTML get the mistakes as plain text. Mistakes that only show when a page is
// rendered are shown on that page.
//
// Only files that the site is made of are quoted.
//
// # Drafts
//
// Drafts, pages of the future and expired ones are there, and say so in their corner, where the
// number of warnings is, too; a link leads from there to the list. See [Options.Published].
//
// # Changes
//
// The folders of the content, layouts, static, data and i18n are watched, and what [Options.Watch]
// lists: what is new, renamed and removed too, in whatever way editors save. Changes shortly after each other are
// loaded at once. Where the operating system does not tell of changes, or not of so many
// folders, all files are compared again and again; [Options.Poll] makes it so from the
// start. Programs whose content comes from elsewhere call [Handler.Refresh].
//
// # Where it can be mounted
//
// The site's own URLs are replaced: those that begin with the BaseURL of the configuration
// lead to the host that the browser asked, so that links stay in the preview. A site below a
// path, as with the BaseURL https://example.org/docs/, is mounted at that path, with
// [net/http.StripPrefix] or without; [Options.Path] is for another one. A proxy in front may
// say by X-Forwarded-Host and X-Forwarded-Proto how the browser knows it.
//
// Below the home page, the folder _jam is the preview's own: its script and style sheet, the stream
// of events and the state of pages. The script element is put at the end of HTML documents, and of
// nothing else; a build never has it. It defines no global names. With a
// Content-Security-Policy, script-src, style-src, connect-src and worker-src must allow 'self'.
//
// # Safety
//
// A preview is for those who write a site. It answers only if it is asked by the name of this
// computer (see [Options.Hosts]), only its own pages can read its endpoints, and no link
// leads out of the directory to files elsewhere: where that is wanted, as for content that is in another
// repository, [Options.Tree] can be [os.DirFS] of the directory. Whoever can reach its address can
// read drafts and excerpts of the site's files: have it listen on the loopback interface, as Run does.
package preview
