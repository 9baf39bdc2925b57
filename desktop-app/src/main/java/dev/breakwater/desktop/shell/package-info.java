/// The window around the pages: navigation, addresses and history, search, keys, status bar.
@NullMarked
package dev.breakwater.desktop.shell;

import org.jspecify.annotations.NullMarked;
