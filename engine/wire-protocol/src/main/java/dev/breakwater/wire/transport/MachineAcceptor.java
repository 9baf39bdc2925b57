package dev.breakwater.wire.transport;

import dev.breakwater.wire.Message.Hello;

/// Decides what happens to a machine that said HELLO.
@FunctionalInterface
public interface MachineAcceptor {

    /// A machine with a believed certificate, whose identity is the one in HELLO, wants to replicate. Called from
    /// one of the transport's threads: must not block. The answer, [MachineChannel#welcome] or
    /// [MachineChannel#refuse], may come later from any thread; until then the machine may send nothing but PING.
    MachineSession accept(MachineChannel channel, Hello hello);
}
