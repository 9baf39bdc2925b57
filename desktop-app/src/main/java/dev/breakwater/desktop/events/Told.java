package dev.breakwater.desktop.events;

import dev.breakwater.control.admin.Event;
import dev.breakwater.control.admin.EventKind;
import dev.breakwater.control.admin.StableWord;
import dev.breakwater.desktop.estate.EngineWords;

/// An event with its sentence, which is made once, when the event has been read.
///
/// @param event as the engine tells it
/// @param message what happened, and why where health is not normal, in the reader's language; the engine's own English
///     text where it is of a kind that this console does not know, or was written by an older engine
record Told(Event event, String message) {

    static Told of(Event event, EngineWords words) {
        String why = event.problems().isEmpty() ? "" : " " + words.of(event.problems());
        return new Told(
                event,
                StableWord.of(EventKind.class, event.kind())
                        .flatMap(kind -> words.sentence("events.kind", kind, event.values()))
                        .map(sentence -> sentence + why)
                        .orElse(event.text()));
    }
}
