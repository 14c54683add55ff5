package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.SignatureTags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What refers to a manifest, what refers to that, and so on. Immutable. So many are looked at that a page costs the same,
 * however many there are.
 *
 * @param roots what refers to the manifest itself
 * @param more whether there is more
 */
public record ReferrerTree(List<Node> roots, boolean more) {
    private static final int MOST_NODES = 100;
    private static final int MOST_LISTINGS = 20;
    private static final int DEEPEST = 4;

    /** Copies the list. */
    public ReferrerTree {
        roots = List.copyOf(roots);
    }

    /**
     * Something that refers to a manifest.
     *
     * @param manifest the manifest that refers
     * @param how by what people can see that it does: a field, a tag, an entry of the index
     * @param children what refers to it
     */
    public record Node(Descriptor manifest, How how, List<Node> children) {
        /** Copies the list. */
        public Node {
            Objects.requireNonNull(manifest, "manifest");
            Objects.requireNonNull(how, "how");
            children = List.copyOf(children);
        }

        /** Returns what it is, for people. */
        public String what() {
            return how == How.ENTRY ? "Attestation of the builder" : ReferrerKind.of(manifest);
        }
    }

    /** How something refers to a manifest. */
    public enum How {
        /** It names the manifest as its subject. */
        SUBJECT,
        /** It has a tag that is made of the digest, as cosign makes it. */
        TAG,
        /** It stands beside the image in the index. */
        ENTRY
    }

    /**
     * Reads what refers to an image.
     *
     * @throws dev.berth.registry.RegistryException if the registry fails
     */
    public static ReferrerTree of(Repository repository, ImageView image) {
        Reading reading = new Reading(repository);
        List<Node> roots = new ArrayList<>(reading.children(image.digest(), 1));
        for (Tag tag : SignatureTags.of(image.digest())) {
            Optional<Descriptor> found = repository.tags().resolve(tag);
            found.map(manifest -> manifest.withArtifactType("cosign:" + tag.value().substring(tag.value().lastIndexOf('.'))))
                    .filter(manifest -> reading.seen.add(manifest.digest()))
                    .ifPresent(manifest -> roots.add(new Node(manifest, How.TAG, List.of())));
        }
        image.document().ifPresent(document -> {
            if (document instanceof ImageIndex) {
                image.platforms().stream()
                        .filter(row -> !row.isImage())
                        .limit(MOST_NODES)
                        .forEach(row -> roots.add(new Node(row.entry(), How.ENTRY, List.of())));
            }
        });
        return new ReferrerTree(roots, reading.more);
    }

    /** One reading. A manifest that is there already is not looked at again, so that a circle, if there were one, ends. */
    private static final class Reading {
        private final Repository repository;
        private final Set<Digest> seen = new HashSet<>();
        private int listings;
        private boolean more;

        Reading(Repository repository) {
            this.repository = repository;
        }

        List<Node> children(Digest subject, int depth) {
            if (depth > DEEPEST || listings == MOST_LISTINGS) {
                more = true;
                return List.of();
            }
            listings++;
            List<Descriptor> found = new ArrayList<>();
            int room = MOST_NODES - seen.size();
            List<Descriptor> listed =
                    repository.manifests().referrers(subject).limit(room + 1L).toList();
            more |= listed.size() > room;
            listed.stream().limit(room).filter(one -> seen.add(one.digest())).forEach(found::add);
            List<Node> nodes = new ArrayList<>();
            for (Descriptor one : found) {
                nodes.add(new Node(one, How.SUBJECT, children(one.digest(), depth + 1)));
            }
            return nodes;
        }
    }
}
