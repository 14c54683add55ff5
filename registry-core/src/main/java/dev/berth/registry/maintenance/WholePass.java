package dev.berth.registry.maintenance;

import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.util.Iterator;

/** The order of the parts of a pass. */
final class WholePass {
    private final Pass pass;

    WholePass(Pass pass) {
        this.pass = pass;
    }

    void run(CollectionScope scope) throws IOException {
        boolean everything = scope == CollectionScope.EVERYTHING;
        boolean collectable = pass.contents.indexState().collectable();
        if (pass.plan) {
            if (!collectable) {
                planFromLayout(everything);
                return;
            }
        } else if (everything || !collectable) {
            // Nothing is removed before what registry:2 wrote is known.
            boolean all = buildIndex();
            if (everything && !all) {
                // What a build has done that was interrupted, registry:2 may have added to since.
                buildIndex();
            }
        }
        listBroken();
        if (!pass.plan) {
            new AbandonedHolds(pass).run();
        }
        new Sweep(pass).run();
        new CandidatePass(pass).run();
        if (everything) {
            new DockerUploads(pass).run();
            new MergePass(pass).run();
            if (!pass.plan) {
                new GhostPass(pass).run();
            }
        }
    }

    private boolean buildIndex() throws IOException {
        pass.begin();
        return pass.contents.rebuildIndex(
                repository -> StoreCalls.act("collect what nobody needs", () -> pass.next("build the index")));
    }

    private void planFromLayout(boolean everything) throws IOException {
        pass.tally.note("The index does not tell yet what is needed: a collection, or a reindexing, builds it first."
                + (everything ? " Until then a plan tells of data only, and not of links." : ""));
        if (everything) {
            new DockerUploads(pass).run();
            new LayoutPlan(pass).run();
        }
    }

    /** What repositories with such manifests link is kept, so people should know of them. */
    private void listBroken() throws IOException {
        for (Iterator<CollectionIndex.Holding> all = pass.index.broken(); all.hasNext(); ) {
            CollectionIndex.Holding manifest = all.next();
            String name = manifest.repository() + "@" + manifest.digest();
            pass.next("look at broken manifests");
            pass.about(name, () -> {
                boolean broken = pass.plan
                        ? pass.index.hasManifest(manifest.repository(), manifest.digest())
                        : pass.index.repairBroken(manifest.repository(), manifest.digest());
                if (broken) {
                    pass.broken(
                            name,
                            "the manifest is missing, damaged or not understood, so all that its repository links is kept");
                }
            });
        }
    }
}
