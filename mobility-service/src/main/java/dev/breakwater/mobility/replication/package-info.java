/// Replication as seen by the machine: what is sent when, what may be forgotten, and what is done while no
/// process server can be reached. [Decision] decides, [Replication] carries out; neither has threads, sockets
/// or clocks of its own.
@NullMarked
package dev.breakwater.mobility.replication;

import org.jspecify.annotations.NullMarked;
