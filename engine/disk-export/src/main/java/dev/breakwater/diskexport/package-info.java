/// A disk at a recovery point shown to the outside: read-only over the Network Block Device protocol on a unix socket
/// ([NbdServer]), or written as a raw or fixed-VHD image ([DiskImages]).
@NullMarked
package dev.breakwater.diskexport;

import org.jspecify.annotations.NullMarked;
