/// How a program that runs until it is stopped learns that it is to end, and how long it may take.
@NullMarked
package dev.breakwater.platform.stop;

import org.jspecify.annotations.NullMarked;
