/// What a process server asks: which machines it serves, with their keys; and what it tells: its health and the points
/// that have become durable.
@NullMarked
package dev.breakwater.control.processserver;

import org.jspecify.annotations.NullMarked;
