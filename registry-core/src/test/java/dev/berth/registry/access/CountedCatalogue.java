package dev.berth.registry.access;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.compose.DenyingRepository;
import dev.berth.registry.compose.DenyingTags;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry that has names only, and counts how many of them are read or looked up. */
final class CountedCatalogue extends DenyingRegistry implements Registry {
    private static final Denial NOTHING_ELSE =
            operation -> RegistryException.of(ErrorCode.UNSUPPORTED, "This registry has names only: no " + operation);

    private final NavigableSet<RepositoryName> names;
    private final List<Long> wanted = new ArrayList<>();
    private int looks;
    private int namesRead;

    CountedCatalogue(Stream<RepositoryName> names) {
        super(NOTHING_ELSE, RegistryIdentity.of("names"));
        this.names = names.collect(Collectors.toCollection(TreeSet::new));
    }

    NavigableSet<RepositoryName> names() {
        return names;
    }

    /** How many single names were looked up. */
    int looks() {
        return looks;
    }

    /** How many names were read from listings. */
    int namesRead() {
        return namesRead;
    }

    /** How many names each listing was asked for. */
    List<Long> wanted() {
        return wanted;
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return Listing.of((after, most) -> {
            most.ifPresent(wanted::add);
            Iterator<RepositoryName> found =
                    after.map(name -> names.tailSet(name, false)).orElse(names).iterator();
            return new Iterator<RepositoryName>() {
                @Override
                public boolean hasNext() {
                    return found.hasNext();
                }

                @Override
                public RepositoryName next() {
                    namesRead++;
                    return found.next();
                }
            };
        });
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new DenyingRepository(name, NOTHING_ELSE) {
            @Override
            public Tags tags() {
                return new DenyingTags(name, NOTHING_ELSE) {
                    @Override
                    public Listing<Tag, Tag> list() {
                        return Listing.of((after, most) -> {
                            looks++;
                            if (!names.contains(name)) {
                                throw RegistryException.of(ErrorCode.NAME_UNKNOWN, "There is no " + name);
                            }
                            return List.<Tag>of().iterator();
                        });
                    }
                };
            }
        };
    }
}
