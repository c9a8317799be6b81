package jam

import "github.com/jam-go/jam/internal/pack"

// storedIndex is what an index says: for whom it holds, and the ledger.
type storedIndex struct {
	key     storeKey
	sum     uint64 // of the value
	numbers numbering
	ledger  *ledger // nil: of another program, or of another configuration
}

// indexVersion is that of what comes first in an index; what follows is for the same program only.
const indexVersion = 1

func encodeIndex(l *ledger, key storeKey) ([]byte, *storedIndex) {
	w, x := new(pack.Writer), &storedIndex{key: key, ledger: l}
	x.numbers.add(l, nil)
	writeHead(w, key, x.numbers.packs)
	l.encode(w, &x.numbers)
	b := w.Seal()
	x.sum = pack.Sum(b)
	return b, x
}

// writeHead writes what a program of another key has to know.
func writeHead(w *pack.Writer, key storeKey, packs []string) {
	w.Uint(indexVersion)
	w.Fixed(key.program)
	w.Fixed(key.config)
	w.Uint(uint64(len(packs)))
	for _, name := range packs {
		w.String(name)
	}
}

func readHead(r *pack.Reader) (key storeKey, packs []string) {
	if r.Uint() != indexVersion {
		return storeKey{}, nil
	}
	key = storeKey{r.Fixed(), r.Fixed()}
	packs = make([]string, r.Len(1))
	for i := range packs {
		if packs[i] = r.String(); checkCacheKey(packs[i]) != nil {
			r.Fail()
		}
	}
	return key, packs
}

// decodeIndex decodes an index, with the ledger if it has the key.
func decodeIndex(b []byte, key storeKey) (*storedIndex, error) {
	r, err := pack.NewReader(b)
	if err != nil {
		return nil, err
	}
	x := &storedIndex{sum: pack.Sum(b)}
	if x.key, x.numbers.packs = readHead(r); r.Bad() {
		return nil, pack.ErrDamaged
	}
	if x.key != key {
		return x, nil
	}
	if x.ledger, err = decodeLedger(r, newDepTable(), &x.numbers); err != nil {
		return nil, err
	}
	return x, r.Err()
}
