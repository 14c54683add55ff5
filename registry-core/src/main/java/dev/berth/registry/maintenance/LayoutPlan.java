package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Finds data that no manifest needs without the index, by reading all manifests. Only for plans: it needs memory. */
final class LayoutPlan {
    /** More are not remembered. */
    private static final int MOST = 1_000_000;

    private final Pass pass;
    /** The beginnings of the digests of what is needed. */
    private final Set<Long> needed = new HashSet<>();

    LayoutPlan(Pass pass) {
        this.pass = pass;
    }

    void run() throws IOException {
        pass.begin();
        for (Iterator<RepositoryName> all = pass.contents.layout().all(); all.hasNext(); ) {
            RepositoryName repository = all.next();
            pass.next("look at repositories");
            pass.about(repository, () -> need(repository));
            if (needed.size() > MOST) {
                pass.tally.note("There is too much for a plan without the index.");
                return;
            }
        }
        for (Iterator<Digest> all = pass.index.data(Optional.empty()); all.hasNext(); ) {
            Digest data = all.next();
            pass.next("look at everything");
            if (!needed.contains(beginning(data))) {
                pass.tally.add(
                        Kind.CONDEMNED,
                        data.toString(),
                        pass.look.size(Keys.data(data)),
                        Optional.of(pass.now().plus(pass.options.grace)),
                        "no manifest needs it");
            }
        }
    }

    private void need(RepositoryName repository) throws IOException {
        boolean understood = true;
        for (Iterator<Digest> all = pass.contents.revisions().list(repository, OptionalLong.empty()); all.hasNext(); ) {
            Digest manifest = all.next();
            if (pass.look.hasManifest(repository, manifest)) {
                understood &= need(repository, manifest);
            }
        }
        if (!understood) {
            for (Iterator<Digest> all = pass.contents.layout().layers(repository); all.hasNext(); ) {
                add(repository, all.next());
            }
        }
    }

    private boolean need(RepositoryName repository, Digest manifest) throws IOException {
        add(repository, manifest);
        Optional<ManifestDocument> document = pass.contents.revisions().understood(repository, manifest);
        if (document.isEmpty()) {
            pass.broken(repository + "@" + manifest, "the manifest is missing, damaged or not understood");
            return false;
        }
        for (ManifestReference reference : document.get().references()) {
            if (reference.isContent()) {
                add(repository, reference.digest());
            }
        }
        return true;
    }

    private void add(RepositoryName repository, Digest name) throws IOException {
        needed.add(beginning(name));
        needed.add(beginning(pass.contents.links().dataOf(repository, name)));
    }

    private static long beginning(Digest digest) {
        return Long.parseUnsignedLong(digest.hex(), 0, 16, 16);
    }
}
