/// The mobility service: the program inside a protected machine. It learns what changes on the machine's disks, takes
/// recovery points and sends them to a process server.
@NullMarked
package dev.breakwater.mobility;

import org.jspecify.annotations.NullMarked;
