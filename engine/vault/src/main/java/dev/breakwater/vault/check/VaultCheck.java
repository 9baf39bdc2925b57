package dev.breakwater.vault.check;

import dev.breakwater.model.DiskId;
import dev.breakwater.model.MachineId;
import dev.breakwater.vault.RotationFault;
import dev.breakwater.vault.Vault;
import dev.breakwater.vault.blob.ObjectInfo;
import dev.breakwater.vault.blob.ObjectKind;
import dev.breakwater.vault.blob.StoreException;
import dev.breakwater.vault.catalog.Catalog;
import dev.breakwater.vault.catalog.CatalogFault;
import dev.breakwater.vault.catalog.CatalogMachine;
import dev.breakwater.vault.catalog.CatalogPolicy;
import dev.breakwater.vault.key.KeyRing;
import dev.breakwater.vault.key.WrongKeyException;
import dev.breakwater.vault.log.MachineVault;
import dev.breakwater.vault.pin.Pins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks a vault, and names each thing that is wrong. Changes nothing. Memory is bounded: some bytes per object,
/// and a few pages and frames. Can be stopped by interrupting its thread.
public final class VaultCheck {

    private static final int PAGE = 5_000;

    private static final Set<ObjectKind> OF_MACHINES =
            Set.of(ObjectKind.KEY, ObjectKind.POINT, ObjectKind.SEGMENT, ObjectKind.CHECKPOINT);

    private final Vault vault;

    /// A check of an opened vault.
    public VaultCheck(Vault vault) {
        this.vault = vault;
    }

    /// Checks everything: the names, the description, all documents, all machines.
    ///
    /// @param depth how much to read
    /// @param witness who knows how far the vault must reach
    /// @param listener hears of each finding when it is found
    /// @throws IOException if the store cannot be read, so that nothing can be said
    public CheckSummary run(CheckDepth depth, Witness witness, CheckListener listener) throws IOException {
        CheckRun run = new CheckRun(listener, depth, witness);
        Set<MachineId> machines = machines(run);
        vault.descriptionDamage()
                .ifPresent(cause -> run.report(Finding.of(
                                FindingCode.DESCRIPTION_DAMAGED,
                                "The object " + ObjectKind.DESCRIPTION.prefix() + " still opens, but " + cause
                                        + ". Restore it from a copy of the vault.")
                        .object(ObjectKind.DESCRIPTION.prefix())));
        vault.checkRotations(fault -> run.report(finding(fault)));
        checkDocuments(run, machines);
        machines(run, machines);
        witness.slots().keySet().stream()
                .filter(machine -> !machines.contains(machine))
                .forEach(machine -> run.report(Finding.of(
                        FindingCode.MACHINE_MISSING,
                        machine,
                        "The vault has nothing of machine " + machine + ", though a witness knows its slot "
                                + witness.slot(machine) + ": the vault was rolled back, or is another one.")));
        return run.summary();
    }

    /// Checks some machines only.
    ///
    /// @param machines whose parts
    /// @param depth as above
    /// @param witness as above
    /// @param listener as above
    /// @throws IOException as above
    public CheckSummary run(Collection<MachineId> machines, CheckDepth depth, Witness witness, CheckListener listener)
            throws IOException {
        CheckRun run = new CheckRun(listener, depth, witness);
        machines(run, machines);
        return run.summary();
    }

    /// Checks one machine's part of a vault without its keys' objects.
    ///
    /// @param part its part of a vault
    /// @param depth how much to read
    /// @param witness newest slot that is known to have been durable, 0 if none is
    /// @param listener as above
    /// @throws IOException as above
    public static CheckSummary machine(MachineVault part, CheckDepth depth, long witness, CheckListener listener)
            throws IOException {
        Map<MachineId, Long> known = witness > 0 ? Map.of(part.machine(), witness) : Map.of();
        CheckRun run = new CheckRun(listener, depth, new Witness(known, Set.of()));
        run.begin(part.machine(), 1, 1);
        new MachineCheck(part, run).run();
        return run.summary();
    }

    /// Goes through the names of all objects once: names what is of no kind that a vault has.
    ///
    /// @return all machines of which the vault has keys or data
    private Set<MachineId> machines(CheckRun run) throws IOException {
        Set<MachineId> machines = new TreeSet<>();
        List<ObjectInfo> page = vault.store().list("", "", PAGE);
        while (!page.isEmpty()) {
            for (ObjectInfo object : page) {
                Optional<ObjectKind> kind = ObjectKind.of(object.name());
                if (kind.isEmpty()) {
                    run.report(strange(object.name()));
                } else if (OF_MACHINES.contains(kind.get())) {
                    owner(object.name(), kind.get())
                            .ifPresentOrElse(machines::add, () -> run.report(strange(object.name())));
                }
            }
            page = page.size() < PAGE
                    ? List.of()
                    : vault.store().list("", page.getLast().name(), PAGE);
        }
        return machines;
    }

    private static Optional<MachineId> owner(String name, ObjectKind kind) {
        String rest = name.substring(kind.prefix().length());
        int slash = rest.indexOf('/');
        return slash < 0 ? Optional.empty() : machineId(rest.substring(0, slash));
    }

    private static Optional<MachineId> machineId(String text) {
        try {
            MachineId id = MachineId.of(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Finding strange(String name) {
        return Finding.of(
                        FindingCode.STRANGE_OBJECT,
                        "The object " + name
                                + " has a name that this Breakwater does not give: a newer one did, or someone"
                                + " put it there. It is left alone.")
                .object(name);
    }

    private void checkDocuments(CheckRun run, Set<MachineId> machines) throws IOException {
        vault.catalog().check(fault -> run.report(finding(fault)));
        Map<String, CatalogMachine> described = vault.catalog().list(Catalog.MACHINES, CatalogMachine.class);
        Set<String> policies =
                vault.catalog().list(Catalog.POLICIES, CatalogPolicy.class).keySet();
        for (MachineId machine : machines) {
            CatalogMachine document = described.get(machine.toString());
            if (document == null) {
                run.report(Finding.of(
                        FindingCode.DOCUMENT_MISSING,
                        machine,
                        "The vault does not say what machine " + machine + " is called; its points are found by its"
                                + " identity. The engine writes the document again when the machine changes."));
            } else if (!document.policy().isEmpty() && !policies.contains(document.policy())) {
                run.report(Finding.of(
                        FindingCode.DOCUMENT_MISSING,
                        machine,
                        "The policy \"" + document.policy() + "\" of machine " + document.name()
                                + " is not in the vault. The engine writes it again when it changes."));
            }
        }
    }

    private static Finding finding(RotationFault fault) {
        return (switch (fault.kind()) {
                    case STRANGE -> strange(fault.objectName());
                    case DAMAGED -> Finding.of(FindingCode.ROTATION_DAMAGED, rotation(fault, "is damaged"));
                    case MISSING -> Finding.of(FindingCode.ROTATION_MISSING, rotation(fault, "is missing"));
                })
                .object(fault.objectName());
    }

    private static String rotation(RotationFault fault, String what) {
        return "The object " + fault.objectName() + ", by which the vault's keys were rotated, " + what + ": "
                + fault.cause() + ". The vault opened all the same; restore the object from a copy of the vault.";
    }

    private static Finding finding(CatalogFault fault) {
        String of = fault.id().map(id -> " (of " + id + ")").orElse("");
        Finding finding = switch (fault.kind()) {
            case STRANGE -> strange(fault.objectName());
            case DAMAGED ->
                Finding.of(
                        FindingCode.DOCUMENT_DAMAGED,
                        fault.cause() + " A name or policy" + of + " may be lost or older than it was; no data are.");
            case MISSING ->
                Finding.of(
                        FindingCode.DOCUMENT_MISSING,
                        "The object " + fault.objectName() + of
                                + " is alone, but the version before the newest is always"
                                + " kept: one of the two is lost, and the document may be older than it was.");
        };
        Finding named = finding.object(fault.objectName());
        return fault.id().flatMap(VaultCheck::machineId).map(named::in).orElse(named);
    }

    private void machines(CheckRun run, Collection<MachineId> machines) throws IOException {
        int number = 0;
        for (MachineId machine : machines) {
            run.begin(machine, ++number, machines.size());
            checkPins(run, machine);
            Optional<KeyRing.ReadableKeys> keys = keys(run, machine);
            if (keys.isPresent()) {
                for (Map.Entry<DiskId, WrongKeyException> damage :
                        keys.get().damaged().entrySet()) {
                    run.diskKeyDamaged(
                            damage.getKey(), String.valueOf(damage.getValue().getMessage()));
                }
                new MachineCheck(
                                new MachineVault(
                                        vault.store(), vault.id(), keys.get().keys()),
                                run)
                        .run();
            }
        }
    }

    private Optional<KeyRing.ReadableKeys> keys(CheckRun run, MachineId machine) throws IOException {
        String cause;
        try {
            return Optional.of(vault.keyRing().readable(machine));
        } catch (WrongKeyException e) {
            cause = String.valueOf(e.getMessage());
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.NOT_FOUND) {
                throw e;
            }
            cause = "There is no such object.";
        }
        String name = KeyRing.objectName(machine, machine.uuid());
        run.report(Finding.of(
                        FindingCode.MACHINE_KEY_UNREADABLE,
                        machine,
                        "The key of machine " + machine + " in the object " + name
                                + " cannot be read, so none of its points can be; restore the object from a copy of the"
                                + " vault. " + cause)
                .object(name));
        return Optional.empty();
    }

    private void checkPins(CheckRun run, MachineId machine) throws IOException {
        List<Pins.Fault> faults = new ArrayList<>(vault.pins().faults(machine));
        for (Pins.Fault fault : faults) {
            Finding finding = fault.strange()
                    ? strange(fault.objectName())
                    : Finding.of(
                            FindingCode.PIN_DAMAGED,
                            "The pin " + fault.objectName()
                                    + " does not say inside what its name says. It holds what its name says until it"
                                    + " expires; see that the point in use is pinned.");
            run.report(finding.in(machine).object(fault.objectName()));
        }
    }
}
