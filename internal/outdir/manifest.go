package outdir

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// A manifest of version 1 is a header line, one name a line, and a line with the number of
// names and the checksum of all before it:
//
//	jam manifest 1
//	index.html
//	posts/hello/index.html
//	end 2 0a1b2c3d
//
// It serves builds that know no checksums; others have one of version 2.
const manifestHeader = "jam manifest 1\n"

// encodeManifest returns the manifest of valid names.
func encodeManifest(names []string) []byte {
	var b bytes.Buffer
	size := len(manifestHeader) + 40
	for _, name := range names {
		size += len(name) + 1
	}
	b.Grow(size)
	b.WriteString(manifestHeader)
	for _, name := range names {
		b.WriteString(name)
		b.WriteByte('\n')
	}
	b.WriteString(manifestEnd(len(names), b.Bytes()))
	return b.Bytes()
}

func manifestEnd(n int, body []byte) string {
	return fmt.Sprintf("end %d %08x\n", n, crc32.ChecksumIEEE(body))
}

// decodeManifest returns the names of a manifest, or an error if any byte of it
// is not as encodeManifest writes it or any name is not a valid one.
func decodeManifest(data []byte) ([]string, error) {
	text, ok := strings.CutPrefix(string(data), manifestHeader)
	if !ok {
		if strings.HasPrefix(string(data), "jam manifest ") {
			return nil, errors.New("of an unknown version")
		}
		return nil, errors.New("damaged: it has no header")
	}
	last := strings.LastIndexByte(strings.TrimSuffix(text, "\n"), '\n') + 1
	body := text[:last]
	n := strings.Count(body, "\n")
	if text[last:] != manifestEnd(n, data[:len(manifestHeader)+last]) {
		return nil, errors.New("damaged: its last line does not match the rest")
	}
	names := make([]string, 0, n)
	for line := range strings.Lines(body) {
		name := strings.TrimSuffix(line, "\n")
		if checkName(name, false) != nil {
			return nil, fmt.Errorf("damaged: it lists %q, which is no name of an output file", name)
		}
		names = append(names, name)
	}
	return names, nil
}

// readManifest takes over the entries of the manifest. One that cannot be read is a
// warning.
func (d *Dir) readManifest() error {
	data, found, err := readState(d.state, manifestName)
	if err != nil || !found {
		d.unsaved = true
		return err
	}
	m, err := decodeAnyManifest(data)
	if err != nil {
		d.unsaved = true
		d.warn(fmt.Sprintf("%s/%s: %v; files of earlier builds are not known, so none is removed", stateDir, manifestName, err))
	}
	d.listing = m
	d.files.grow(len(m.entries))
	for _, e := range m.entries {
		e.mark = listed
		d.files.put(e)
	}
	return nil
}

// decodeAnyManifest decodes a manifest of any version.
func decodeAnyManifest(data []byte) (listing, error) {
	if bytes.HasPrefix(data, []byte(listingHeader)) {
		return decodeListing(string(data))
	}
	names, err := decodeManifest(data)
	if err != nil {
		return listing{}, err
	}
	slices.Sort(names)
	return listing{entries: entriesOf(slices.Compact(names))}, nil
}

// entriesOf returns entries of names without checksums.
func entriesOf(names []string) []*entry {
	entries := make([]*entry, len(names))
	for i, name := range names {
		entries[i] = &entry{name: name}
	}
	return entries
}

// saveManifest replaces the manifest by one of the entries, which are in order of their
// names.
func (d *Dir) saveManifest(ctx context.Context, entries []*entry) error {
	temp, l, err := d.writeManifest(ctx, entries)
	if err == nil {
		err = d.state.Rename(temp, manifestName)
	}
	if err != nil {
		d.state.Remove(temp)
		return err
	}
	d.listing, d.unsaved = l, false
	return nil
}

// writeManifest writes a manifest to a temporary file, and returns its name.
func (d *Dir) writeManifest(ctx context.Context, entries []*entry) (temp string, l listing, err error) {
	temp = d.tempName()
	f, err := d.state.OpenFile(temp, createFlags, 0o644)
	if err != nil {
		return temp, l, err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	now, err := f.Stat() // the clock is the file system's
	if err != nil {
		return temp, l, err
	}
	l, data := newListing(entries, now.ModTime())
	if err := ctx.Err(); err != nil {
		return temp, l, err
	}
	_, err = f.Write(data)
	return temp, l, err
}

// readState returns a state file's content, if there is such a file.
func readState(state *os.Root, name string) (data []byte, found bool, err error) {
	info, err := state.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if !info.Mode().IsRegular() {
		return nil, false, fmt.Errorf("%s/%s is not a regular file; move it away", stateDir, name)
	}
	data, err = state.ReadFile(name)
	return data, err == nil, err
}
