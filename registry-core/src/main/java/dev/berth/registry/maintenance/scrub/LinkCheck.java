package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Links;
import dev.berth.registry.internal.store.RegistryStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Checks links, and changes nothing: a link that cannot be used counts as missing, and the next push writes it again. What is
 * being deleted while it is looked at is no problem: links go before their data, so that a link is read again before its
 * data is taken for lost.
 */
final class LinkCheck {
    private final ObjectStore store;
    private final Links links;
    private final AffectedSearch affected;
    private final DataCheck data;
    private final ManifestCheck manifests;
    private final Findings findings;
    private final Pace pace;

    LinkCheck(
            ObjectStore store,
            RegistryStore registry,
            AffectedSearch affected,
            DataCheck data,
            Findings findings,
            Pace pace) {
        this.store = store;
        this.links = registry.links();
        this.affected = affected;
        this.data = data;
        this.manifests = new ManifestCheck(store, registry, affected, data, findings, pace);
        this.findings = findings;
        this.pace = pace;
    }

    void check(LinkKey link) throws IOException {
        pace.question();
        Optional<Links.State> state = links.read(link.key());
        if (state.isEmpty()) {
            return;
        }
        Optional<Digest> target = state.get().target();
        if (target.isEmpty()) {
            checkUnusable(link);
        } else if (link.digest().isEmpty()) {
            checkTag(link, target.get());
        } else {
            checkTarget(link, link.digest().get(), target.get());
        }
    }

    /** A deleted tag may leave an empty link, in a store that cannot delete conditionally. The index has no such tag. */
    private void checkUnusable(LinkKey link) throws IOException {
        boolean empty = store.stat(link.key()).map(ObjectStat::size).orElse(0L) == 0;
        boolean deleted = empty
                && link.tag().isPresent()
                && store.stat(Keys.tagEntry(link.repository(), link.tag().get()))
                        .isEmpty();
        if (!deleted
                && links.read(link.key()).filter(now -> now.target().isEmpty()).isPresent()) {
            String state = empty ? "is empty" : "does not hold a digest";
            add(
                    ScrubProblem.BROKEN_LINK,
                    link,
                    link.digest(),
                    "The link " + link.key() + " " + state + ". It counts as missing; push the content again.");
        }
    }

    private void checkTag(LinkKey link, Digest target) throws IOException {
        pace.question();
        ObjectKey revision = Keys.revisionLink(link.repository(), target);
        // A broken link of the manifest is told where it is looked at.
        if (store.stat(revision).isEmpty()
                && stillPoints(link, target)
                && store.stat(revision).isEmpty()) {
            add(
                    ScrubProblem.DANGLING_TAG,
                    link,
                    Optional.of(target),
                    "The tag " + link.repository() + ":"
                            + link.tag().orElseThrow() + " names the manifest " + target
                            + ", which the repository does not have; push it again, or delete the tag.");
        }
    }

    private void checkTarget(LinkKey link, Digest digest, Digest target) throws IOException {
        pace.question();
        ObjectKey key = Keys.data(target);
        Optional<ObjectStat> stat = store.stat(key);
        if (stat.isEmpty()) {
            if (!findings.isKnown(target)
                    && stillPoints(link, target)
                    && store.stat(key).isEmpty()) {
                add(
                        ScrubProblem.MISSING_DATA,
                        link,
                        Optional.of(digest),
                        "The "
                                + (link.manifest() ? "manifest " : "blob ") + digest + " of " + link.repository()
                                + " is lost: there is no data of " + target + ". Push it again.");
            }
            return;
        }
        if (!digest.equals(target) && !isAlias(digest, target)) {
            add(
                    ScrubProblem.WRONG_LINK,
                    link,
                    Optional.of(digest),
                    "The link " + link.key() + " points at " + target + ", which is not " + digest
                            + ". Delete the content from the repository and push it again.");
        } else if (link.manifest()) {
            manifests.check(link.repository(), digest);
        }
    }

    /** Where {@code registry:2} has stored content under another digest, the content decides. */
    private boolean isAlias(Digest digest, Digest target) throws IOException {
        try {
            return data.isIntact(target, digest) || !data.isIntact(target, target);
        } catch (PacedStream.UnreadableException e) {
            // That is told where the data is looked at.
            return true;
        }
    }

    private boolean stillPoints(LinkKey link, Digest target) throws IOException {
        return links.target(link.key()).equals(Optional.of(target));
    }

    private void add(ScrubProblem problem, LinkKey link, Optional<Digest> digest, String description)
            throws IOException {
        RepositoryName repository = link.repository();
        findings.add(new ScrubFinding(
                problem,
                link.key(),
                digest,
                description,
                digest.isPresent()
                        ? affected.by(repository, digest.get())
                        : List.of(new AffectedRepository(
                                repository, List.of(), link.tag().stream().toList())),
                Optional.empty()));
    }
}
