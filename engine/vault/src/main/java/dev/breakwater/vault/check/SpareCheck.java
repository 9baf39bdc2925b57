package dev.breakwater.vault.check;

import dev.breakwater.vault.index.ObjectRef;
import dev.breakwater.vault.log.LogView;
import dev.breakwater.vault.object.Checkpoint;
import dev.breakwater.vault.object.DamagedObjectException;
import dev.breakwater.vault.object.DocumentLayout;
import dev.breakwater.vault.object.FrameAccess;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks what a log has in reserve: the checkpoint before the newest, with the slots from there to the newest; and
/// the bytes of the log's objects that nobody reads.
final class SpareCheck {

    private final MachineCheck check;
    private final FrameAccess access;
    private final Map<ObjectRef, Long> sizes;
    private final CheckRun run;

    SpareCheck(MachineCheck check, FrameAccess access, Map<ObjectRef, Long> sizes, CheckRun run) {
        this.check = check;
        this.access = access;
        this.sizes = sizes;
        this.run = run;
    }

    void run(LogView view) throws IOException {
        Set<ObjectRef> read = new LinkedHashSet<>();
        view.tail().forEach(slot -> read.add(ObjectRef.point(slot.slot())));
        if (view.checkpoint().isPresent() && view.damaged().isEmpty()) {
            read.add(ObjectRef.checkpoint(view.checkpoint().get().sequence()));
            checkReserve(view, view.checkpoint().get(), read);
        }
        for (ObjectRef object : read) {
            Optional<String> damage = DocumentLayout.framingDamage(access, object, sizes.getOrDefault(object, 0L));
            damage.ifPresent(cause ->
                    run.report(finding(FindingCode.FRAMING_DAMAGED, cause + " Nothing needs these bytes.", object)));
        }
    }

    /// Reads the log as if the newest checkpoint were damaged.
    private void checkReserve(LogView view, Checkpoint newest, Set<ObjectRef> read) throws IOException {
        LogView spare;
        try {
            spare = LogView.open(access, newest.sequence());
        } catch (DamagedObjectException e) {
            unusable(newest.sequence() > 1 ? ObjectRef.checkpoint(newest.sequence() - 1) : ObjectRef.point(1), "");
            return;
        }
        spare.checkpoint().ifPresent(before -> read.add(ObjectRef.checkpoint(before.sequence())));
        spare.tail().forEach(slot -> read.add(ObjectRef.point(slot.slot())));
        for (LogView.Unreadable damaged :
                spare.damaged().subList(1, spare.damaged().size())) {
            unusable(
                    ObjectRef.checkpoint(damaged.sequence()),
                    String.valueOf(damaged.error().getMessage()));
        }
        if (!spare.headHash().equals(view.headHash())) {
            spare.lost().stream()
                    .filter(slot -> slot.slot() > spare.headSlot())
                    .findFirst()
                    .ifPresentOrElse(
                            slot -> unusable(ObjectRef.point(slot.slot()), slot.message()),
                            () -> unusable(ObjectRef.point(spare.headSlot() + 1), ""));
        }
    }

    private void unusable(ObjectRef object, String cause) {
        boolean missing = !sizes.containsKey(object);
        String what = missing ? "The object " + check.name(object) + " is not there." : cause;
        run.report(finding(
                missing ? FindingCode.SPARE_MISSING : FindingCode.SPARE_DAMAGED,
                what
                        + " No point needs it: it stands in for the newest checkpoint if that should be damaged, until there"
                        + " is a newer one.",
                object));
    }

    private Finding finding(FindingCode code, String message, ObjectRef object) {
        return Finding.of(code, check.machine(), message).object(check.name(object));
    }
}
