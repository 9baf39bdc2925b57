package dev.breakwater.vault.reading;

import dev.breakwater.vault.index.ObjectRef;
import java.util.Comparator;

/// Any order of objects, so that what lies in one object is read together.
final class ObjectOrder {

    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::kind)
            .thenComparingLong(ObjectRef::high)
            .thenComparingLong(ObjectRef::low);

    private ObjectOrder() {}

    static int compare(ObjectRef a, ObjectRef b) {
        return ORDER.compare(a, b);
    }
}
