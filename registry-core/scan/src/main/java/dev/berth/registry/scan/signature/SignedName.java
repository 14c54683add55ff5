package dev.berth.registry.scan.signature;

import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which name a signature must have been made for. cosign's signatures name the repository as it was called when the image
 * was signed, with its registry. A digest alone is the same in every repository, so without this demand whoever may push can
 * present a signed image under the name of another. Immutable.
 *
 * @since 0.1
 */
public final class SignedName {
    private static final SignedName ANY = new SignedName(false, Set.of());
    private static final SignedName SAME_REPOSITORY = new SignedName(true, Set.of());

    private final boolean sameRepository;
    private final Set<String> names;

    private SignedName(boolean sameRepository, Set<String> names) {
        this.sameRepository = sameRepository;
        this.names = names;
    }

    /** Returns the demand for nothing, as of {@code cosign verify}: the digest counts alone. */
    public static SignedName any() {
        return ANY;
    }

    /**
     * Returns the demand that the repository has the name under which it is looked at, in whatever registry, or with its
     * registry in front, as in mirrors. A signature that names none, as those of cosign 3, is for all.
     */
    public static SignedName sameRepository() {
        return SAME_REPOSITORY;
    }

    /**
     * Returns the demand for one of these names, such as {@code registry.example/team/app}. A signature that names none is
     * refused.
     *
     * @throws IllegalArgumentException if there is none, or one is no name of a repository
     */
    public static SignedName exactly(String... names) {
        return exactly(List.of(names));
    }

    /** As {@link #exactly(String...)}. */
    public static SignedName exactly(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("Give at least one name that signatures may be for");
        }
        Set<String> plain = new TreeSet<>();
        names.forEach(name -> plain.add(plain(Reference.parse(name))));
        return new SignedName(false, Set.copyOf(plain));
    }

    /** Refuses a signature that is for another name. */
    void require(Optional<String> claimed, RepositoryName repository) {
        if (names.isEmpty() && !sameRepository) {
            return;
        }
        if (claimed.isEmpty()) {
            if (!sameRepository) {
                throw new RefusedException("it does not say which repository it is for");
            }
            return;
        }
        Reference reference;
        try {
            reference = Reference.parse(claimed.get());
        } catch (IllegalArgumentException e) {
            throw otherName(claimed.get(), repository);
        }
        boolean right = sameRepository ? isSame(reference, repository) : names.contains(plain(reference));
        if (!right) {
            throw otherName(claimed.get(), repository);
        }
    }

    /** A mirror may have the name of the registry in that of the repository. */
    private static boolean isSame(Reference claimed, RepositoryName repository) {
        return claimed.repository().equals(repository) || plain(claimed).equals(repository.toString());
    }

    private RefusedException otherName(String claimed, RepositoryName repository) {
        return new RefusedException("it is for " + JsonObject.printable(claimed) + ", not for "
                + (sameRepository ? repository : String.join(" or ", new TreeSet<>(names))));
    }

    private static String plain(Reference reference) {
        return reference.registry() + "/" + reference.repository();
    }

    /** Returns the demand in words. */
    @Override
    public String toString() {
        return sameRepository ? "the same repository" : names.isEmpty() ? "any name" : names.toString();
    }
}
