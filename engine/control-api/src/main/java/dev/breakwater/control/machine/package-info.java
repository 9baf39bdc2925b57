/// What the mobility service of a machine asks: its orders, which are always the whole state that it should be in, so a
/// lost answer is no loss; and what it tells: inventory, status, results.
@NullMarked
package dev.breakwater.control.machine;

import org.jspecify.annotations.NullMarked;
