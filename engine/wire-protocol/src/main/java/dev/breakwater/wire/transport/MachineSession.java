package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message;

/// What a process server does with one connection of a machine. Called in order, from one of the transport's threads:
/// must not block. Messages come checked by [dev.breakwater.wire.MachineRules].
public interface MachineSession {

    /// A message of the machine: DATA, ZEROS, CLOSE or a request for digests. The buffer of DATA now belongs to the
    /// session, which must release it.
    void received(Message message);

    /// The connection is over; called once, last.
    ///
    /// @param why for the log
    void closed(String why);
}
