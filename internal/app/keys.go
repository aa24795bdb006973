package app

// This file finds the master key: 32 random bytes in a file that only this program may read.

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const masterFile = "master.key"

// masterKey reads the master key of a folder. It is made once, when the folder has no key store yet; a key store
// without its master key is refused, because a new key would open nothing and look like success.
func masterKey(dir string, haveStore bool) ([]byte, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder of the keys cannot be made: %w", err)
	}
	name := filepath.Join(dir, masterFile)
	b, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		if haveStore {
			return nil, fmt.Errorf("%s is missing: without the master key nothing can be opened; put it back from its safe place", name)
		}
		key := make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, fmt.Errorf("the machine gives no random bytes: %w", err)
		}
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, fmt.Errorf("the master key cannot be written: %w", err)
		}
		if _, err = f.WriteString(hex.EncodeToString(key) + "\n"); err == nil {
			err = f.Sync()
		}
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, fmt.Errorf("the master key cannot be written: %w", err)
		}
		return key, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the master key cannot be read: %w", err)
	}
	if st, err := os.Stat(name); err == nil && st.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s can be read by other users of this machine: chmod 600 %s", name, name)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%s does not hold a master key of 32 bytes in hexadecimal", name)
	}
	return key, nil
}
