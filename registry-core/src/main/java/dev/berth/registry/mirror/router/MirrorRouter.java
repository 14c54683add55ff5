package dev.berth.registry.mirror.router;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.compose.CompletedPushes;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.mirror.PullThrough;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A registry that is several: mirrors of other registries, each below a name, and a local registry for all else.
 *
 * <pre>{@code
 * Registry all = MirrorRouter.over(local)
 *         .route(mirrorOfHub)                              // below hub.example/
 *         .route(mirrorOfRegistry)                         // below registry.example/
 *         .byDefault(RepositoryName.parse("hub.example"))  // library/app is hub.example/library/app
 *         .onlyHere(List.of(NamePattern.parse("team/**")))
 *         .build();
 * }</pre>
 *
 * <p><b>Names below the prefix of a mirror</b> are those of the mirror. All other names are those of the local registry,
 * and pushes to them go there.
 *
 * <p><b>The default</b> is for clients that leave out the name of the registry, as a Docker Engine does with its
 * {@code registry-mirrors}: while the local registry has no repository {@code library/app}, reading it reads
 * {@code hub.example/library/app} of the mirror. Both names are the same content, which is kept and counted once. As soon as
 * the local registry has a manifest in {@code library/app}, only that one is read under this name: tags of both are never
 * mixed. A manifest may be pushed to {@code library/app} although blobs of it are only in the mirror. What is deleted under
 * the short name is deleted in the local registry.
 *
 * <p><b>Whose name it is.</b> Before something is pushed to {@code team/app}, and after all of it was deleted, the default
 * mirror is asked for that name, and whoever owns it upstream decides what is pulled. Names that must never come from there
 * belong into {@link Builder#onlyHere}; so do names that are pushed to, since clients look before they push.
 *
 * <p>Under the default each call looks first whether the local registry has the repository, which costs one short listing.
 * Other calls cost nothing more. Nothing is remembered.
 *
 * <p><b>Rights</b> are for wrappers, which see the name that the client uses: who may read {@code library/app} may read it from
 * the mirror. The catalogue is that of the local registry. Thread-safe. Closing it closes neither the mirrors nor the local
 * registry.
 *
 * @since 0.1
 */
public final class MirrorRouter extends ForwardingRegistry {
    private final Map<String, PullThrough> routes;
    private final @Nullable PullThrough byDefault;
    private final List<NamePattern> onlyHere;
    private final RegistryIdentity identity;

    private MirrorRouter(Builder builder) {
        super(builder.local);
        this.routes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.routes));
        this.onlyHere = builder.onlyHere;
        this.byDefault = builder.defaultMirror();
        this.identity = RegistryIdentity.of(
                "router of " + List.copyOf(builder.routes.values()) + " over " + builder.local.identity());
    }

    /** Returns a builder of a router without mirrors. */
    public static Builder over(Registry local) {
        return new Builder(local);
    }

    @Override
    public Repository repository(RepositoryName name) {
        Optional<PullThrough> route = route(name);
        if (route.isPresent()) {
            return route.get().repository(name);
        }
        Repository here = delegate().repository(name);
        return alias(name)
                .<Repository>map(there -> new DefaultRepository(CompletedPushes.of(here, List.of(there)), there))
                .orElse(here);
    }

    /** Returns the mirror below whose name a repository is. There is one at most. */
    private Optional<PullThrough> route(RepositoryName name) {
        String text = name.value();
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
            PullThrough mirror = routes.get(text.substring(0, slash));
            if (mirror != null) {
                return Optional.of(mirror);
            }
        }
        return Optional.empty();
    }

    /** Returns the repository of the default mirror for which a name stands, unless the local registry has it. */
    private Optional<Repository> alias(RepositoryName name) {
        if (byDefault == null || onlyHere.stream().anyMatch(pattern -> pattern.matches(name))) {
            return Optional.empty();
        }
        String full = prefixOf(byDefault) + "/" + name;
        return full.length() > RepositoryName.MAX_LENGTH
                ? Optional.empty()
                : Optional.of(byDefault.repository(RepositoryName.parse(full)));
    }

    private static RepositoryName prefixOf(PullThrough mirror) {
        return mirror.prefix()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The mirror " + mirror.name()
                                        + " has no prefix, and would be all of the router; give it one, such as the name of its registry"));
    }

    /** Returns an identity that neither the local registry nor a mirror has. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /** Returns the mirrors, for what tells how they are. */
    public List<PullThrough> mirrors() {
        return List.copyOf(routes.values());
    }

    /**
     * Maintains all mirrors, see {@link PullThrough#maintain}: to be called every 30 seconds or so. One that fails does not
     * keep others from it.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} or {@link ErrorCode#INSUFFICIENT_STORAGE} if the storage
     *     fails
     */
    public void maintain() {
        RegistryException failure = null;
        for (PullThrough mirror : routes.values()) {
            try {
                mirror.maintain();
            } catch (RegistryException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Prints the mirrors and the local registry. */
    @Override
    public String toString() {
        return identity.toString();
    }

    /**
     * Builds routers. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final Registry local;
        private final Map<String, PullThrough> routes = new LinkedHashMap<>();
        private @Nullable RepositoryName byDefault;
        private List<NamePattern> onlyHere = List.of();

        private Builder(Registry local) {
            this.local = Objects.requireNonNull(local, "local");
        }

        /**
         * Adds a mirror, for the names below its prefix.
         *
         * @throws IllegalArgumentException if it has no prefix, or one that is, is above or is below that of another mirror:
         *     a name has one origin; or if another mirror has the same records
         */
        public Builder route(PullThrough mirror) {
            String prefix = prefixOf(mirror).value();
            for (Map.Entry<String, PullThrough> other : routes.entrySet()) {
                if ((prefix + "/").startsWith(other.getKey() + "/")
                        || (other.getKey() + "/").startsWith(prefix + "/")) {
                    throw new IllegalArgumentException("The mirrors below " + prefix + " and " + other.getKey()
                            + " would share names; choose prefixes of which none begins with the other one");
                }
                if (other.getValue().identity().equals(mirror.identity())) {
                    throw new IllegalArgumentException("The mirrors below " + prefix + " and " + other.getKey()
                            + " have the same name '" + mirror.name() + "' in one store; name each differently");
                }
            }
            routes.put(prefix, mirror);
            return this;
        }

        /** Sets which mirror is read for names that no mirror has and that the local registry lacks; none by default. */
        public Builder byDefault(RepositoryName prefix) {
            this.byDefault = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Sets for which names the default is never read, whether the local registry has them or not; none by default. */
        public Builder onlyHere(List<NamePattern> patterns) {
            this.onlyHere = List.copyOf(patterns);
            return this;
        }

        private @Nullable PullThrough defaultMirror() {
            if (byDefault == null) {
                return null;
            }
            PullThrough mirror = routes.get(byDefault.value());
            if (mirror == null) {
                throw new IllegalArgumentException(
                        "No mirror is below " + byDefault + ", which is to be the default; there"
                                + " are mirrors below " + new ArrayList<>(routes.keySet()));
            }
            return mirror;
        }

        /**
         * Returns the router.
         *
         * @throws IllegalArgumentException if the default is not the prefix of a mirror
         */
        public MirrorRouter build() {
            return new MirrorRouter(this);
        }
    }
}
