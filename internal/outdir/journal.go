package outdir

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"strconv"
	"strings"
	"sync"
)

// A journal is a header line and then one line for each name that a build is
// about to add, with the name's checksum before it.
const journalHeader = "jam journal 1\n"

// journal appends to the journal file, which the first record creates: a build
// that adds nothing has none. It is safe for concurrent use.
type journal struct {
	state *os.Root

	mu      sync.Mutex
	pending []byte // records to be written
	records int    // so far, with those pending

	writing sync.Mutex // before mu
	f       *os.File
	buf     []byte // for pending
	written int    // records in f
	err     error  // of an earlier write, which may be torn
}

// record appends valid names. Whoever writes does so for all that wait.
func (j *journal) record(names ...string) error {
	if len(names) == 0 {
		return nil
	}
	j.mu.Lock()
	for _, name := range names {
		j.pending = appendRecord(j.pending, name)
	}
	j.records += len(names)
	mine := j.records
	j.mu.Unlock()

	j.writing.Lock()
	defer j.writing.Unlock()
	if j.written < mine && j.err == nil {
		j.err = j.write()
	}
	return j.err
}

// write writes what is pending. The caller holds writing.
func (j *journal) write() (err error) {
	if j.f == nil {
		const flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL | os.O_APPEND | nonblock
		if j.f, err = j.state.OpenFile(journalName, flags, 0o644); err != nil {
			return err
		}
		if _, err := j.f.WriteString(journalHeader); err != nil {
			return err
		}
	}
	j.mu.Lock()
	j.buf, j.pending = j.pending, j.buf[:0]
	records := j.records
	j.mu.Unlock()
	if _, err := j.f.Write(j.buf); err != nil {
		return err
	}
	j.written = records
	return nil
}

func appendRecord(buf []byte, name string) []byte {
	sum := crc32.ChecksumIEEE([]byte(name))
	buf = hex.AppendEncode(buf, binary.BigEndian.AppendUint32(nil, sum))
	buf = append(buf, ' ')
	buf = append(buf, name...)
	return append(buf, '\n')
}

// close closes the journal and leaves it for the next build.
func (j *journal) close() error {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.f == nil {
		return nil
	}
	err := j.f.Close()
	j.f = nil
	return err
}

// remove deletes the journal, when the manifest has what it says.
func (j *journal) remove() error {
	if j.f == nil {
		return nil
	}
	if err := j.close(); err != nil {
		return err
	}
	return j.state.Remove(journalName)
}

// readJournal returns the names in the journal that an earlier build left, if
// it left one. Lines that cannot be read are a warning; any file may have been replaced then.
func (d *Dir) readJournal() (names []string, found bool, err error) {
	data, found, err := readState(d.state, journalName)
	if err != nil || !found {
		return nil, false, err
	}
	names, err = decodeJournal(data)
	if err != nil {
		d.warn(fmt.Sprintf("%s/%s: %v; some files of a build that did not end may stay", stateDir, journalName, err))
		for _, e := range d.listing.entries {
			e.forget()
		}
	}
	return names, true, nil
}

// decodeJournal returns the names of the records that are whole and valid. The
// error tells of others. An unfinished last line, which a killed build may
// leave, is none.
func decodeJournal(data []byte) ([]string, error) {
	if len(data) < len(journalHeader) && strings.HasPrefix(journalHeader, string(data)) {
		return nil, nil
	}
	text, ok := strings.CutPrefix(string(data), journalHeader)
	if !ok {
		return nil, errors.New("damaged or of an unknown version")
	}
	var names []string
	damaged := 0
	for line := range strings.Lines(text) {
		line, whole := strings.CutSuffix(line, "\n")
		if !whole {
			break
		}
		if name, ok := decodeRecord(line); ok {
			names = append(names, name)
		} else {
			damaged++
		}
	}
	if damaged > 0 {
		return names, fmt.Errorf("damaged: %d of its lines cannot be read", damaged)
	}
	return names, nil
}

func decodeRecord(line string) (name string, ok bool) {
	sum, name, ok := strings.Cut(line, " ")
	if !ok || len(sum) != 8 {
		return "", false
	}
	want, err := strconv.ParseUint(sum, 16, 32)
	if err != nil || uint32(want) != crc32.ChecksumIEEE([]byte(name)) {
		return "", false
	}
	return name, checkName(name, false) == nil
}
