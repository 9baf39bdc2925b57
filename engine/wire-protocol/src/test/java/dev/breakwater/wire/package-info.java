/// Tests of the messages, their bytes and their rules.
@NullMarked
package dev.breakwater.wire;

import org.jspecify.annotations.NullMarked;
