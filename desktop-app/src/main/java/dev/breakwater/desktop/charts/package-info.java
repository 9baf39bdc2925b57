/// Drawings of figures on a canvas, coloured by the style sheet, drawn only when data arrive.
@NullMarked
package dev.breakwater.desktop.charts;

import org.jspecify.annotations.NullMarked;
