package dev.berth.registry.maintenance;

import dev.berth.registry.internal.store.Holds;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/** Removes the holds of processes that have died. */
final class AbandonedHolds {
    private final Pass pass;

    AbandonedHolds(Pass pass) {
        this.pass = pass;
    }

    void run() throws IOException {
        pass.begin();
        for (Iterator<ObjectKey> all = pass.holds.all(); all.hasNext(); ) {
            ObjectKey hold = all.next();
            pass.next("look at holds");
            pass.about(hold, () -> look(hold));
        }
    }

    private void look(ObjectKey hold) throws IOException {
        Optional<Holds.Held> held = pass.holds.read(hold);
        if (held.isPresent() && held.get().abandoned()) {
            pass.holds.remove(hold);
        } else if (held.isPresent() && !held.get().since().isAfter(pass.until)) {
            pass.tally.pending(pass.now().plus(Marks.TAKEOVER).plus(Marks.TRUST));
        }
    }
}
