/// System calls of Linux that the JDK does not offer, by its foreign function interface: unbuffered and non-blocking
/// files, freezing file systems, pinning threads to processors, extents of files. Runs with
/// `--enable-native-access=ALL-UNNAMED`; written for 64-bit Linux with glibc.
@NullMarked
package dev.breakwater.platform.linux;

import org.jspecify.annotations.NullMarked;
