package jam

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"sync"

	"github.com/jam-go/jam/internal/filename"
	"github.com/jam-go/jam/internal/outdir"
)

// Output receives the finished files of builds. [Dir], [Zip] and [Memory] are
// those of this package; others may send files to object storage or a server.
type Output interface {
	// Begin starts a build. Exactly one of Commit and Abort ends it, unless
	// Begin returns an error.
	Begin(ctx context.Context) (Transaction, error)
}

// Transaction is one build's writing to an [Output].
type Transaction interface {
	// Write stores a file. It is called once for each file, by several
	// goroutines at a time, in no particular order, unless the
	// Transaction is [Sequential]. When it returns, f is used no more, nor is what
	// f.Bytes or f.Open returned: their memory is for the next file.
	Write(ctx context.Context, f *OutputFile) (Status, error)

	// Commit ends a build all of whose files are written. It removes the
	// files that an earlier build wrote and this one did not, and
	// returns their names, sorted.
	Commit(ctx context.Context) (removed []string, err error)

	// Abort ends a build that failed. It removes nothing of earlier builds.
	Abort() error
}

// Sequential is implemented by a [Transaction] whose Write is to be called from
// one goroutine, with the files in order of their names.
type Sequential interface {
	Transaction
	Sequential()
}

// Keeper is implemented by a [Transaction] that knows the files of earlier builds by
// their checksums, so that a build need not make again what is there already.
type Keeper interface {
	Transaction

	// Keep says that a file of this build has the content with the checksum sum. If
	// the output is sure to have just that, Keep returns true and the file counts as
	// written, with the status [Kept]. Otherwise it returns false and has done nothing; then
	// Write follows for the file. The rules of Write about goroutines and order
	// hold for Keep as well.
	Keep(ctx context.Context, name string, sum Sum) (bool, error)
}

// Sum is the SHA-256 checksum of a file's content, as of FIPS 180-4.
type Sum [sha256.Size]byte

// Status is what Write did with a file.
type Status string

// The values of Status.
const (
	Written Status = "written" // new or changed
	Kept    Status = "kept"    // already there, with the same content
)

// OutputFile is a finished file on its way to an [Output].
type OutputFile struct {
	name    string
	content []byte
	open    func() (io.ReadCloser, error)
	sum     Sum // of the content, if hasSum
	hasSum  bool
	wantSum bool // a Write that reads open is to set sum, to what it has read
}

// NewOutputFile returns a file for an [Output]: for one that hands files on to another and changes them or
// adds to them, and for tests. The outputs of this package refuse names that lead elsewhere, or that some
// system can't have. Where content is nil, open gives it; it may be called several times.
func NewOutputFile(name string, content []byte, open func() (io.ReadCloser, error)) *OutputFile {
	if content != nil {
		open = nil
	}
	return &OutputFile{name: name, content: content, open: open}
}

// Name returns the file's slash-separated name, valid by [io/fs.ValidPath],
// such as "posts/hello/index.html".
func (f *OutputFile) Name() string { return f.name }

// Open opens the content. It may be called several times.
func (f *OutputFile) Open() (io.ReadCloser, error) {
	if f.open != nil {
		return f.open()
	}
	return io.NopCloser(bytes.NewReader(f.content)), nil
}

// Bytes returns the content, reading all of it where it is not in memory yet. It
// must not be changed.
func (f *OutputFile) Bytes() ([]byte, error) {
	if f.open == nil {
		return f.content, nil
	}
	r, err := f.open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// Sum returns the checksum of the content. It is computed when it is first asked for, which
// reads all of the content, unless the build knows it. An error is that of reading.
func (f *OutputFile) Sum() (Sum, error) {
	if f.hasSum {
		return f.sum, nil
	}
	if f.open == nil {
		f.sum = sha256.Sum256(f.content)
	} else if err := f.sumOfStream(); err != nil {
		return Sum{}, err
	}
	f.hasSum = true
	return f.sum, nil
}

func (f *OutputFile) sumOfStream() error {
	r, err := f.open()
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return err
	}
	h.Sum(f.sum[:0])
	return nil
}

// Dir returns an Output that writes to a directory, creating it if necessary.
//
// A file that is there already with the same content is left untouched, including
// its modification time. Others are replaced whole: nobody ever sees a file half
// written, even if the process is killed. New directories may appear only when the build
// ends, also when it fails, each with all that is in it. When everything else has succeeded,
// files that were an earlier build's output and are not this one's are removed, and
// nothing else ever is; the list of them is kept in the folder .jam within the
// directory, which need not be published. A file that stands in the place of one of the
// build's counts as its output from then on. No symbolic link is followed.
//
// Transactions are [Keeper] too. A file is kept without being read if its size, its times
// and its inode are those that it had when a build wrote it or read it last; else it is
// read. The builds of one program from a site and its successors by [Site.Reload] do not
// even look at files that they kept or wrote before, unless another program has built to
// the directory in between or names have come or gone in the directory itself: what
// others change in the files of a running program is found by the next program's build,
// not by this one's.
//
// The directory is not to be one that the site is read from, nor to be in one of the folders of the tree.
//
// One build at a time writes to a directory: a second one, of this process or another,
// fails with [ErrBusy].
func Dir(path string) Output { return dirOutput(path) }

// ErrBusy is the cause of the error when another build is writing to the same directory.
var ErrBusy = outdir.ErrBusy

type dirOutput string

func (d dirOutput) Begin(ctx context.Context) (Transaction, error) { return d.beginFrom(ctx, nil) }

// outputStates are the states in which builds of a site, and of those that are reloaded from it, left directories.
type outputStates struct {
	mu    sync.Mutex
	ofDir map[dirOutput]*outdir.State
}

// begin begins a build of a site to an output.
func (s *outputStates) begin(ctx context.Context, site *model, out Output) (Transaction, error) {
	d, ok := out.(dirOutput)
	if !ok {
		return out.Begin(ctx)
	}
	if err := site.checkPlace(d); err != nil {
		return nil, err
	}
	s.mu.Lock()
	last := s.ofDir[d]
	delete(s.ofDir, d) // which holds no longer, whatever becomes of the build
	s.mu.Unlock()
	return d.beginFrom(ctx, last)
}

// note notes the state in which a build left an output.
func (s *outputStates) note(out Output, t Transaction) {
	d, isDir := out.(dirOutput)
	dt, ok := t.(dirTransaction)
	if !isDir || !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ofDir == nil {
		s.ofDir = make(map[dirOutput]*outdir.State)
	}
	s.ofDir[d] = dt.state()
}

// beginFrom is Begin with the state of the last build to the directory, or nil.
func (d dirOutput) beginFrom(ctx context.Context, last *outdir.State) (Transaction, error) {
	dir, err := outdir.BeginFrom(ctx, string(d), last)
	if err != nil {
		return nil, err
	}
	return dirTransaction{dir}, nil
}

type dirTransaction struct{ dir *outdir.Dir }

func (t dirTransaction) Write(ctx context.Context, f *OutputFile) (Status, error) {
	if err := filename.Check(f.name); err != nil {
		return "", err
	}
	file := outdir.File{Name: f.name, Data: f.content, Open: f.open}
	if f.hasSum || f.wantSum && f.open != nil {
		file.Sum = (*[sha256.Size]byte)(&f.sum)
	}
	status, err := t.dir.WriteFile(ctx, file)
	f.hasSum = file.Sum != nil && err == nil
	switch {
	case err != nil:
		return "", err
	case status == outdir.Kept:
		return Kept, nil
	}
	return Written, nil
}

// Keep implements [Keeper].
func (t dirTransaction) Keep(ctx context.Context, name string, sum Sum) (bool, error) {
	return t.dir.Keep(ctx, name, sum)
}

// state returns what beginFrom of the next build can use after Commit, or nil.
func (t dirTransaction) state() *outdir.State { return t.dir.State() }

func (t dirTransaction) Commit(ctx context.Context) ([]string, error) { return t.dir.Commit(ctx) }
func (t dirTransaction) Abort() error                                 { return t.dir.Abort() }
func (t dirTransaction) warnings() []string                           { return t.dir.Warnings() }
