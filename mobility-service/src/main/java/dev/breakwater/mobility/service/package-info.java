/// The running service: the threads around replication, the conversation with the configuration server, and what the
/// machine is made of.
@NullMarked
package dev.breakwater.mobility.service;

import org.jspecify.annotations.NullMarked;
