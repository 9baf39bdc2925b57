/// LZ4 blocks, as frames in the vault and pieces of disks on their way hold them.
@NullMarked
package dev.breakwater.platform.lz4;

import org.jspecify.annotations.NullMarked;
