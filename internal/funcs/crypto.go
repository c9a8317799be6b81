package funcs

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
)

// Crypto is the namespace crypto: checksums in hexadecimal.
type Crypto struct{}

// newHash returns the constructor of a hash by name, or nil.
func newHash(name string) func() hash.Hash {
	switch name {
	case "md5":
		return md5.New
	case "sha1":
		return sha1.New
	case "sha256":
		return sha256.New
	case "sha384":
		return sha512.New384
	case "sha512":
		return sha512.New
	}
	return nil
}

// Hash returns the checksum of the input: crypto.Hash [ALGORITHM] INPUT. The
// algorithm is md5, sha1, sha256 (the default), sha384 or sha512.
func (Crypto) Hash(args ...any) (string, error) {
	const fn = "crypto.Hash"
	switch len(args) {
	case 1:
		return checksum(fn, "sha256", args[0])
	case 2:
		algorithm, err := text(fn, args[0])
		if err != nil {
			return "", err
		}
		return checksum(fn, algorithm, args[1])
	}
	return "", miscount(fn, "an algorithm and an input", len(args))
}

// MD5 returns the MD5 checksum of the input: md5 INPUT.
func (Crypto) MD5(in any) (string, error) { return checksum("md5", "md5", in) }

// SHA1 returns the SHA-1 checksum of the input: sha1 INPUT.
func (Crypto) SHA1(in any) (string, error) { return checksum("sha1", "sha1", in) }

// SHA256 returns the SHA-256 checksum of the input: sha256 INPUT.
func (Crypto) SHA256(in any) (string, error) { return checksum("sha256", "sha256", in) }

func checksum(fn, algorithm string, in any) (string, error) {
	s, err := text(fn, in)
	if err != nil {
		return "", err
	}
	create := newHash(algorithm)
	if create == nil {
		return "", unknownAlgorithm(fn, algorithm)
	}
	h := create()
	io.WriteString(h, s)
	return hex.EncodeToString(h.Sum(nil)), nil
}

func unknownAlgorithm(fn, name string) error {
	return fmt.Errorf("%s: unknown algorithm %q: want md5, sha1, sha256, sha384 or sha512", fn, name)
}

// HMAC signs a message with a key (RFC 2104): hmac ALGORITHM KEY MESSAGE
// [ENCODING]. The encoding is hex, the default, or binary.
func (Crypto) HMAC(algorithm, key, message any, encoding ...any) (string, error) {
	name, err := text("hmac", algorithm)
	if err != nil {
		return "", err
	}
	k, m, err := text2("hmac", key, message)
	if err != nil {
		return "", err
	}
	format := "hex"
	switch len(encoding) {
	case 0:
	case 1:
		if format, err = text("hmac", encoding[0]); err != nil {
			return "", err
		}
	default:
		return "", fmt.Errorf("hmac: want one encoding, have %d", len(encoding))
	}
	create := newHash(name)
	if create == nil {
		return "", unknownAlgorithm("hmac", name)
	}
	h := hmac.New(create, []byte(k))
	io.WriteString(h, m)
	switch format {
	case "hex":
		return hex.EncodeToString(h.Sum(nil)), nil
	case "binary":
		return string(h.Sum(nil)), nil
	}
	return "", fmt.Errorf("hmac: unknown encoding %q: want hex or binary", format)
}
