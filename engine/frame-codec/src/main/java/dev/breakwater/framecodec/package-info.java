/// A frame: up to 256 KiB of a disk or of metadata, compressed, sealed, and back. FORMAT.md of this module
/// describes the bytes. A frame is bound to its vault, its owner and the write attempt that made it, never to
/// a place, so that it may be copied from one object to another as it is.
@NullMarked
package dev.breakwater.framecodec;

import org.jspecify.annotations.NullMarked;
