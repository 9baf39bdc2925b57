/// The program's icon: drawn from its SVG source and written as the systems want it.
package dev.breakwater.desktop.icons;
