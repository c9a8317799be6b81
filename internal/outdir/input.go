package outdir

import (
	"bytes"
	"context"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
)

// bufferSize is that of the buffers for comparing and copying: most files of a
// site take one read.
const bufferSize = 64 << 10

// input is the new content of a file.
type input interface {
	// start returns the size, or -1 if it is not known.
	start() (int64, error)
	// equals compares with a file of a given size. It leaves the input usable
	// for copyTo if they differ, as long as old is open and buf not used again.
	equals(ctx context.Context, old oldFile, size int64, buf []byte) (bool, error)
	copyTo(ctx context.Context, w io.Writer, buf []byte) error
	// checksum returns that of the content, after equals has reported true or copyTo has
	// ended, unless it is not to be known.
	checksum() (sum checksum, ok bool)
	close()
}

// oldFile is a file that an input is compared with.
type oldFile interface {
	io.Reader
	io.ReaderAt
	io.Closer
	// stamp returns what was true before anything was read.
	stamp() stamp
}

// newFile is a file that an input is copied to.
type newFile interface {
	io.WriteCloser
	// finish closes the file and returns its stamp, or the zero one if that is not to be had.
	finish() (stamp, error)
}

// createFlags are those for creating a file that must not exist.
const createFlags = os.O_WRONLY | os.O_CREATE | os.O_EXCL | nonblock

// content is an input in memory.
type content struct {
	data   []byte
	sum    checksum
	hasSum bool
}

func (c *content) start() (int64, error) { return int64(len(c.data)), nil }
func (c *content) close()                {}

func (c *content) checksum() (checksum, bool) { return c.sum, c.hasSum }

func (c *content) equals(ctx context.Context, old oldFile, size int64, buf []byte) (bool, error) {
	if size != int64(len(c.data)) {
		return false, nil
	}
	for rest := c.data; len(rest) > 0; {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n := min(len(rest), len(buf))
		if _, err := io.ReadFull(old, buf[:n]); err != nil || !bytes.Equal(buf[:n], rest[:n]) {
			return false, nil
		}
		rest = rest[n:]
	}
	return true, nil
}

func (c *content) copyTo(_ context.Context, w io.Writer, _ []byte) error {
	_, err := w.Write(c.data)
	return err
}

// sourceError is an error of what is read, as opposed to what is written.
type sourceError struct{ err error }

func (e *sourceError) Error() string { return "reading its source: " + e.err.Error() }
func (e *sourceError) Unwrap() error { return e.err }

// stream is an input that is read only once.
type stream struct {
	open func() (io.ReadCloser, error)
	src  io.ReadCloser
	hash hash.Hash // of what has been read, or nil
	// again replays what equals has read.
	again io.Reader
}

func (s *stream) start() (int64, error) {
	src, err := s.open()
	if err != nil {
		return 0, &sourceError{err}
	}
	if src == nil {
		return 0, &sourceError{errors.New("it was opened without an error, and there is nothing to read")}
	}
	s.src = src
	f, ok := src.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return -1, nil
	}
	returned := false
	defer func() {
		if !returned { // it has panicked
			s.close()
		}
	}()
	info, err := f.Stat()
	known := err == nil && info.Mode().IsRegular()
	returned = true
	if !known {
		return -1, nil
	}
	return info.Size(), nil
}

// Read reads from the source. All reading of it goes this way.
func (s *stream) Read(p []byte) (int, error) {
	n, err := s.src.Read(p)
	if s.hash != nil {
		s.hash.Write(p[:n])
	}
	return n, err
}

func (s *stream) checksum() (sum checksum, ok bool) {
	if s.hash == nil {
		return sum, false
	}
	return checksum(s.hash.Sum(nil)[:len(sum)]), true
}

func (s *stream) close() { s.src.Close() }

func (s *stream) equals(ctx context.Context, old oldFile, size int64, buf []byte) (bool, error) {
	a, b := buf[:len(buf)/2], buf[len(buf)/2:]
	for done := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		n, err := io.ReadFull(s, a)
		end := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !end {
			return false, &sourceError{err}
		}
		_, oldErr := io.ReadFull(old, b[:n])
		if oldErr == nil && bytes.Equal(a[:n], b[:n]) {
			done += int64(n)
			if !end {
				continue
			}
			if done == size {
				return true, nil
			}
			n = 0
		}
		// All before done is in the old file too, so nothing is read twice.
		s.again = io.MultiReader(io.NewSectionReader(old, 0, done), bytes.NewReader(a[:n]))
		return false, nil
	}
}

func (s *stream) copyTo(ctx context.Context, w io.Writer, buf []byte) error {
	if s.again != nil {
		if err := copyAll(ctx, w, s.again, buf); err != nil {
			return err
		}
	}
	return copyAll(ctx, w, s, buf)
}

// copyAll is io.CopyBuffer that stops when ctx ends and tells errors of reading
// from those of writing.
func copyAll(ctx context.Context, w io.Writer, r io.Reader, buf []byte) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		if n > 0 {
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return &sourceError{err}
		}
	}
}

// foundFile is an old file of package os.
type foundFile struct {
	*os.File
	at stamp
}

func newOldFile(f *os.File) oldFile {
	old := foundFile{File: f}
	if info, err := f.Stat(); err == nil {
		old.at = stampOf(info)
	}
	return old
}

func (f foundFile) stamp() stamp { return f.at }
