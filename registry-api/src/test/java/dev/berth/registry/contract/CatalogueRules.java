package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Listing the repositories. Others that stand in the same registry are passed over. */
abstract class CatalogueRules extends RegistryRules {
    /** What is put behind a random name, so that the names are in this order. */
    private static final List<String> SUFFIXES = List.of(
            "-a", "--b", ".b", ".b/c", "/a", "/a-b", "/a.b", "/a/b", "/a/b/c", "/a0", "/a_b", "/a__b", "/aa", "0", "_b",
            "b");

    private static final List<String> ABSENT = List.of("", "-", "/", "/a-", "/a/a", "/a/b/", "/ab", "/b", "a");

    CatalogueRules(RegistryContract contract) {
        super(contract);
    }

    private void requireCatalogue() {
        assumeTrue(contract.supportsCatalogue(), "The registry does not list repositories");
    }

    /** The listing of those repositories only whose name begins with this one, which must not exist itself. */
    private Listing<RepositoryName, RepositoryName> behind(RepositoryName prefix) {
        return Listing.of((after, wanted) -> {
            Listing<RepositoryName, RepositoryName> all =
                    registry().repositories().after(after.orElse(prefix));
            Listing<RepositoryName, RepositoryName> some = wanted.isPresent() ? all.limit(wanted.getAsLong()) : all;
            return some.stream()
                    .takeWhile(name -> name.value().startsWith(prefix.value()))
                    .iterator();
        });
    }

    private static List<RepositoryName> names(RepositoryName prefix, List<String> suffixes) {
        return suffixes.stream()
                .map(suffix -> prefix + suffix)
                .flatMap(name -> valid(name))
                .toList();
    }

    private static Stream<RepositoryName> valid(String name) {
        try {
            return Stream.of(RepositoryName.parse(name));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    @Test
    void repositoriesAreListedInOrderFromAnywhere() {
        requireCatalogue();
        RepositoryName prefix = freshName();
        List<RepositoryName> names = names(prefix, SUFFIXES).stream().sorted().toList();
        List<RepositoryName> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.forEach(name -> putImage(registry().repository(name)));
        List<RepositoryName> places = new ArrayList<>(names);
        places.addAll(names(prefix, ABSENT));
        assertPages(behind(prefix), names, places);
    }

    @Test
    void aRepositoryIsListedFromItsFirstManifestToItsLast() {
        requireCatalogue();
        Repository repository = freshRepository();
        assertThat(isListed(repository)).isFalse();
        Manifest first = imageIn(repository);
        assertThat(isListed(repository)).as("with blobs only").isFalse();
        repository.manifests().put(first);
        assertThat(isListed(repository)).isTrue();
        if (contract.supportsDelete()) {
            Manifest second = putImage(repository, tag("1"));
            repository.manifests().delete(first.digest());
            assertThat(isListed(repository)).isTrue();
            repository.manifests().delete(second.digest());
            assertThat(isListed(repository)).isFalse();
            repository.manifests().put(first);
            assertThat(isListed(repository)).isTrue();
        }
    }

    @Test
    void aRepositoryThatOnlyHasOthersBelowItIsNotListed() {
        requireCatalogue();
        RepositoryName parent = freshName();
        Repository child = registry().repository(RepositoryName.parse(parent + "/child"));
        putImage(child);
        assertThat(isListed(child)).isTrue();
        assertThat(isListed(registry().repository(parent))).isFalse();
        assertDoesNotExist(registry().repository(parent));
    }

    @Test
    void theLongestNameIsListed() {
        requireCatalogue();
        String prefix = freshName().value() + "/";
        for (String filler : List.of("a", "a/", "a-")) {
            int room = RepositoryName.MAX_LENGTH - prefix.length() - 1;
            String longest = prefix + filler.repeat(room / filler.length()) + "z";
            Repository repository = registry().repository(RepositoryName.parse(longest));
            Tag tag = tag("x".repeat(Tag.MAX_LENGTH));
            Manifest image = putImage(repository, tag);
            assertHas(repository, image, tag);
            assertThat(isListed(repository)).isTrue();
        }
    }

    @Test
    void aRepositoryIsListedInOtherProcesses() {
        requireCatalogue();
        Repository repository = freshRepository();
        try (Registry elsewhere = openElsewhere()) {
            Manifest image = putImage(repository);
            assertThat(isListed(elsewhere, repository.name())).isTrue();
            if (contract.supportsDelete()) {
                elsewhere.repository(repository.name()).manifests().delete(image.digest());
                assertThat(isListed(repository)).isFalse();
            }
        }
    }

    private boolean isListed(Repository repository) {
        return isListed(registry(), repository.name());
    }

    /** Begins at what all fresh names of a test begin with, and is not a name itself. */
    private static boolean isListed(Registry registry, RepositoryName name) {
        RepositoryName before =
                RepositoryName.parse(name.value().substring(0, name.value().indexOf('/')));
        return registry.repositories().after(before).stream()
                .takeWhile(each -> each.compareTo(name) <= 0)
                .anyMatch(name::equals);
    }

    @Test
    void aRegistryThatDoesNotListRepositoriesSaysSo() {
        assumeFalse(contract.supportsCatalogue(), "The registry lists repositories");
        Listing<RepositoryName, RepositoryName> listing = registry().repositories();
        failure(ErrorCode.UNSUPPORTED, listing::toList);
    }
}
