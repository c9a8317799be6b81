package jam

import (
	"bytes"
	"errors"
	"testing"
	"testing/iotest"
)

// TestSumOfAll changes one byte after the other, around where the file is read in parts.
func TestSumOfAll(t *testing.T) {
	b := make([]byte, 600<<10)
	sum := func(b []byte) uint64 {
		t.Helper()
		h, err := sumOfAll(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	seen := map[uint64]int{sum(b): -1}
	for _, at := range []int{0, 1, 256<<10 - 1, 256 << 10, 512<<10 - 1, 512 << 10, len(b) - 1} {
		b[at]++
		if other, ok := seen[sum(b)]; ok {
			t.Errorf("the checksum is that of a change at %d, and of one at %d", other, at)
		}
		seen[sum(b)] = at
		b[at]--
		if at > 0 && sum(b[:at]) == sum(b) {
			t.Errorf("the first %d bytes have the checksum of all", at)
		}
	}
	if half, err := sumOfAll(iotest.OneByteReader(bytes.NewReader(b[:5000]))); err != nil || half != sum(b[:5000]) {
		t.Errorf("read in small pieces it has another checksum, or the error %v", err)
	}
	no := errors.New("no")
	if _, err := sumOfAll(iotest.ErrReader(no)); err != no {
		t.Errorf("got %v", err)
	}
}
