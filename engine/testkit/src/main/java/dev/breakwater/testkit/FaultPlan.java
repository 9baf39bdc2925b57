package dev.breakwater.testkit;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Decides what goes wrong with each call.
@FunctionalInterface
public interface FaultPlan {

    /// What happens to the next call.
    ///
    /// @param operation name of the method that is called
    /// @param target what it is called for
    Fault next(String operation, String target);

    /// Nothing goes wrong.
    static FaultPlan none() {
        return (operation, target) -> Fault.NONE;
    }

    /// One call has a fault.
    ///
    /// @param call which one, from 0
    /// @param fault what happens to it
    static FaultPlan at(int call, Fault fault) {
        AtomicInteger calls = new AtomicInteger();
        return (operation, target) -> calls.getAndIncrement() == call ? fault : Fault.NONE;
    }

    /// Calls have faults at random, the same for the same seed and order of calls.
    ///
    /// @param share of the calls, 0 to 1
    /// @param faults each as likely as the others
    static FaultPlan random(Seed seed, double share, List<Fault> faults) {
        Random random = seed.random();
        return (operation, target) -> {
            synchronized (random) {
                boolean faulty = random.nextDouble() < share;
                return faulty ? faults.get(random.nextInt(faults.size())) : Fault.NONE;
            }
        };
    }
}
