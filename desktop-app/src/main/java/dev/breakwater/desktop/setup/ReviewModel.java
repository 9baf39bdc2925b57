package dev.breakwater.desktop.setup;

import dev.breakwater.control.admin.JobView;
import dev.breakwater.control.admin.MachineView;
import dev.breakwater.control.admin.ProtectionState;
import dev.breakwater.desktop.door.Figures;
import dev.breakwater.model.MachineId;
import dev.breakwater.model.ReplicationPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What will be created, in the order in which it is done.
///
/// @param items one per order
record ReviewModel(List<Item> items) {

    ReviewModel {
        items = List.copyOf(items);
    }

    /// How far an order is, by what the engine says.
    enum State {
        /// Not given.
        TO_DO,
        /// The engine works on it.
        UNDER_WAY,
        /// It holds.
        THERE
    }

    /// An order.
    ///
    /// @param id what tells it from others
    /// @param name of the policy or the machine
    /// @param state how far it is
    /// @param command the same by hand; empty once it holds
    /// @param policy the policy to create, if it is one
    /// @param machine the machine to protect, if it is one
    /// @param job the newest job about the machine's protection
    record Item(
            String id,
            String name,
            State state,
            String command,
            @Nullable ReplicationPolicy policy,
            ProtectModel.@Nullable Machine machine,
            @Nullable JobView job) {}

    static ReviewModel of(Figures figures, SetupDraft draft, String options) {
        List<Item> items = new ArrayList<>();
        PolicyModel policy = PolicyModel.of(draft);
        policy.policy().filter(made -> policy.isNew()).ifPresent(made -> items.add(item(made, figures, options)));
        ProtectModel model = ProtectModel.of(figures, draft);
        for (ProtectModel.Machine machine : model.machines()) {
            if (machine.picked()
                    || (machine.isProtected() && !draft.answer(machine.key()).isEmpty())) {
                items.add(item(machine, policy.name(), figures, options));
            }
        }
        return new ReviewModel(items);
    }

    private static Item item(ReplicationPolicy policy, Figures figures, String options) {
        boolean there = figures.policies().contains(policy);
        return new Item(
                "policy",
                policy.name(),
                there ? State.THERE : State.TO_DO,
                there ? "" : PolicyModel.command(policy, options),
                policy,
                null,
                null);
    }

    private static Item item(ProtectModel.Machine machine, String policy, Figures figures, String options) {
        MachineView view = machine.view();
        State state = switch (view.state()) {
            case UNPROTECTED -> State.TO_DO;
            case ENABLING_PROTECTION, INITIAL_REPLICATION_IN_PROGRESS, DISABLING_PROTECTION -> State.UNDER_WAY;
            case PROTECTED -> State.THERE;
        };
        return new Item(
                view.id().toString(),
                view.name(),
                state,
                state == State.TO_DO ? machine.command(policy, options) : "",
                null,
                machine,
                newest(figures, view.id(), JobView.Kind.PROTECT).orElse(null));
    }

    /// The newest job of a kind about a machine.
    static Optional<JobView> newest(Figures figures, MachineId machine, JobView.Kind kind) {
        return figures.jobs().stream()
                .filter(job -> job.kind() == kind && machine.equals(job.machine()))
                .findFirst();
    }

    /// Orders that are still to be given.
    List<Item> open() {
        return items.stream().filter(item -> item.state() == State.TO_DO).toList();
    }

    /// Machines that can be tested: those with a recovery point.
    static List<MachineView> testable(Figures figures) {
        return figures.machines().stream()
                .filter(machine -> machine.state() == ProtectionState.PROTECTED || machine.newestPoint() != null)
                .toList();
    }

    /// All commands, a line each.
    String commands() {
        return String.join("\n", open().stream().map(Item::command).toList());
    }
}
