/// The practice machine: a small computer with its own boot record, boot loader, kernel and ext4 root, made in a
/// second, to protect and to recover in demonstrations and tests. It serves `/srv` over HTTP on port 8080 and prints
/// `=== BOOTED` on its serial line.
@NullMarked
package dev.breakwater.sitelocal.practice;

import org.jspecify.annotations.NullMarked;
