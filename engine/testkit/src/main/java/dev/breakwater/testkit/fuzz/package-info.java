/// Feeds parsers what no honest peer or disk would: damaged, cut, spliced and invented input from one seed.
@NullMarked
package dev.breakwater.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
