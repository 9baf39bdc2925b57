/// Figures in the text format of Prometheus: made at the moment they are asked for, out of what is known then.
@NullMarked
package dev.breakwater.control.metrics;

import org.jspecify.annotations.NullMarked;
