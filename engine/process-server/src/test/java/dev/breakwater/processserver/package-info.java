/// Tests of the process server over real TLS, on a real vault in a folder.
@NullMarked
package dev.breakwater.processserver;

import org.jspecify.annotations.NullMarked;
