package content

import (
	"embed"
	"io/fs"
)

//go:embed learn
var library embed.FS

// Library returns the folder of posts that ships with the program.
func Library() fs.FS { return library }
