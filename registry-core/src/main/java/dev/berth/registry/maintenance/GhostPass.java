package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.Index;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Removes entries of the index that lead to manifests and tags that do not exist. A push that has died leaves them, and no
 * request looks at them again unless it is about the same manifest. As with every repair, what the entry stands for is looked at
 * once more after it is gone.
 */
final class GhostPass {
    private final Pass pass;
    private final Index entries;

    GhostPass(Pass pass) {
        this.pass = pass;
        this.entries = pass.contents.index();
    }

    void run() throws IOException {
        pass.begin();
        for (Iterator<CollectionIndex.Lead> all = pass.index.tagged(); all.hasNext(); ) {
            CollectionIndex.Lead lead = all.next();
            pass.next("look at the index");
            pass.about(
                    lead.key(), () -> entries.repairTagged(lead.repository(), lead.digest(), Tag.parse(lead.last())));
        }
        for (Iterator<CollectionIndex.Lead> all = pass.index.referrers(); all.hasNext(); ) {
            CollectionIndex.Lead lead = all.next();
            pass.next("look at the index");
            Optional<Digest> referrer = CollectionIndex.referrer(lead);
            if (referrer.isPresent()) {
                pass.about(lead.key(), () -> referrer(lead, referrer.get()));
            }
        }
        for (Iterator<CollectionIndex.Ghost> all = pass.index.ghosts(); all.hasNext(); ) {
            CollectionIndex.Ghost ghost = all.next();
            pass.next("look at the index");
            pass.about(ghost.key(), () -> pass.index.dropGhost(ghost));
        }
    }

    private void referrer(CollectionIndex.Lead lead, Digest referrer) throws IOException {
        if (pass.look.hasManifest(lead.repository(), referrer)) {
            return;
        }
        pass.contents.journal().append(lead.repository(), referrer);
        pass.store.delete(lead.key());
        if (pass.look.hasManifest(lead.repository(), referrer)) {
            entries.ensure(Set.of(lead.key()));
        }
    }
}
