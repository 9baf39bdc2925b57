/// Set-up: from nothing to a machine that is protected and was tested, one step per page. A step more is a class and a
/// line in [Steps].
@NullMarked
package dev.breakwater.desktop.setup;

import org.jspecify.annotations.NullMarked;
