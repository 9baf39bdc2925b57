package dev.breakwater.desktop.shell;

import dev.breakwater.desktop.door.Door;
import dev.breakwater.desktop.preferences.Settings;
import dev.breakwater.desktop.texts.Texts;
import dev.breakwater.desktop.texts.Units;

/// What a page is given.
///
/// @param door the engine
/// @param texts what people read
/// @param units figures with their units
/// @param settings what the user has chosen
/// @param navigator leads to other pages
public record PageContext(Door door, Texts texts, Units units, Settings settings, Navigator navigator) {}
