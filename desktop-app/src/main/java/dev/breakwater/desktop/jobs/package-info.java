/// Jobs: what runs, waits, failed or is done, each with its steps; on a page and in a drawer.
@NullMarked
package dev.breakwater.desktop.jobs;

import org.jspecify.annotations.NullMarked;
