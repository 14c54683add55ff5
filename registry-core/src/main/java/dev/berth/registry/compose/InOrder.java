package dev.berth.registry.compose;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks several repositories in order, until one has what is wanted. Of a tag nobody knows what a repository that fails would
 * have answered; a digest is the same content everywhere.
 *
 * @param <P> the part of the repositories that is asked
 */
final class InOrder<P> {
    private final List<P> parts;

    InOrder(List<Repository> repositories, Function<Repository, P> part) {
        this.parts = repositories.stream().map(part).toList();
    }

    List<P> all() {
        return parts;
    }

    <R> Optional<R> find(ManifestSelector wanted, Function<P, Optional<R>> look) {
        Failures failures = new Failures(wanted);
        for (P part : parts) {
            try {
                Optional<R> found = look.apply(part);
                if (found.isPresent()) {
                    return found;
                }
            } catch (RegistryException e) {
                failures.add(e);
            }
        }
        if (failures.unavailable != null) {
            throw failures.unavailable;
        }
        return Optional.empty();
    }

    <R> R get(ManifestSelector wanted, Function<P, R> get) {
        Failures failures = new Failures(wanted);
        for (P part : parts) {
            try {
                return get.apply(part);
            } catch (RegistryException e) {
                failures.add(e);
            }
        }
        throw failures.first();
    }

    /** What the repositories before have answered. */
    private static final class Failures {
        private final ManifestSelector wanted;
        private @Nullable RegistryException unavailable;
        private @Nullable RegistryException missing;

        Failures(ManifestSelector wanted) {
            this.wanted = wanted;
        }

        /** Keeps a failure after which the next repository may be asked, and throws any other. */
        void add(RegistryException e) {
            if (e.isMissing()) {
                missing = missing == null ? e : missing;
            } else if (wanted instanceof Digest && isUnavailable(e)) {
                unavailable = unavailable == null ? e : unavailable;
            } else {
                throw e;
            }
        }

        RegistryException first() {
            if (unavailable != null) {
                return unavailable;
            }
            return missing == null
                    ? RegistryException.of(ErrorCode.UNKNOWN, "No registry was asked for " + wanted)
                    : missing;
        }
    }

    private static boolean isUnavailable(RegistryException e) {
        return e.code() == ErrorCode.UNAVAILABLE || e.code() == ErrorCode.TOOMANYREQUESTS;
    }
}
