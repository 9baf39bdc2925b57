/// The servers that protect: the configuration server and its process servers, with their figures.
@NullMarked
package dev.breakwater.desktop.infrastructure;

import org.jspecify.annotations.NullMarked;
