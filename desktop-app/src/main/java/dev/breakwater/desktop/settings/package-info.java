/// The page on which a user chooses how the console looks and speaks.
@NullMarked
package dev.breakwater.desktop.settings;

import org.jspecify.annotations.NullMarked;
