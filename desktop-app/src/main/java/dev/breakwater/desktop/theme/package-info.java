/// Colours, font and style sheet.
@NullMarked
package dev.breakwater.desktop.theme;

import org.jspecify.annotations.NullMarked;
