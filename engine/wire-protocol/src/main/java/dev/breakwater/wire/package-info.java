/// Messages between a protected machine and its process server (port 9443): what they are, how they are written, and
/// the rules of their order. `PROTOCOL.md` beside this module is the specification. No sockets here; those are in
/// `transport`.
@NullMarked
package dev.breakwater.wire;

import org.jspecify.annotations.NullMarked;
