/// The seam to what holds a vault's objects: put if absent, get, get a range, list, delete. No rename, no
/// append, no change in place. A local folder is here, Azure Blob Storage in
/// [dev.breakwater.vault.blob.azure].
@NullMarked
package dev.breakwater.vault.blob;

import org.jspecify.annotations.NullMarked;
