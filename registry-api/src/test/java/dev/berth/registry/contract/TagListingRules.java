package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Listing the tags of a repository, in parts and as a whole. */
@org.junit.jupiter.api.Tag("end-8a")
@org.junit.jupiter.api.Tag("end-8b")
abstract class TagListingRules extends RegistryRules {
    /** In their order. A store that keeps them in directories or with suffixes easily gets it wrong. */
    private static final List<Tag> TAGS = Stream.of(
                    "0",
                    "1",
                    "1-alpine",
                    "1.0",
                    "1.0-alpine",
                    "1.0.1",
                    "1.0_1",
                    "10",
                    "1_0",
                    "2",
                    "A",
                    "A-b",
                    "Z",
                    "_",
                    "_x",
                    "a",
                    "a-b",
                    "a.b",
                    "a0",
                    "aA",
                    "a_b",
                    "aa",
                    "latest",
                    "z")
            .map(Tag::parse)
            .toList();

    private static final List<Tag> ABSENT = Stream.of(
                    "00", "1-", "1-z", "1.", "1.0-", "1.00", "1a", "9", "B", "__", "a-", "a--", "b", "zz")
            .map(Tag::parse)
            .toList();

    TagListingRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void tagsAreListedInOrderFromAnywhere() {
        assertThat(TAGS).isSorted();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, shuffled(TAGS));
        List<Tag> places = new ArrayList<>(TAGS);
        places.addAll(ABSENT);
        assertPages(repository.tags().list(), TAGS, places);
        assertHas(repository, image, tag("1.0-alpine"));
    }

    private static Tag[] shuffled(List<Tag> tags) {
        List<Tag> shuffled = new ArrayList<>(tags);
        Collections.shuffle(shuffled, new Random(1));
        return shuffled.toArray(Tag[]::new);
    }

    @Test
    void aTagIsListedAsLongAsItIsThere() {
        assumeTrue(contract.supportsTagDelete(), "The registry does not delete tags alone");
        Repository repository = freshRepository();
        putImage(repository, shuffled(TAGS));
        List<Tag> left = new ArrayList<>(TAGS);
        for (String gone : List.of("1.0", "a", "_", "z")) {
            repository.tags().delete(tag(gone));
            left.remove(tag(gone));
            assertThat(repository.tags().list().toList()).isEqualTo(left);
        }
        assertPages(repository.tags().list(), left, TAGS);
    }

    @Test
    void tagsOfRepositoriesWithSimilarNamesDoNotMix() {
        Repository repository = freshRepository();
        putImage(repository, tag("own"));
        for (String suffix : List.of("/b", "-b", ".b", "_b", "b")) {
            String name = repository.name() + suffix;
            putImage(registry().repository(RepositoryName.parse(name)), tag("other"));
        }
        assertThat(repository.tags().list()).containsExactly(tag("own"));
    }

    @Test
    void severalPagesAreReadAsOneListing() {
        Repository repository = freshRepository();
        Tag[] tags = IntStream.range(0, contract.manyTags())
                .mapToObj(i -> tag("t" + (1000 + i)))
                .toArray(Tag[]::new);
        putImage(repository, tags);
        assertThat(repository.tags().list()).containsExactly(tags);
        assertThat(repository.tags().list().stream().skip(10).limit(3)).containsExactly(tags[10], tags[11], tags[12]);
    }

    @Test
    void aRepositoryThatDoesNotExistHasNoListing() {
        Repository repository = freshRepository();
        Listing<Tag, Tag> listing = repository.tags().list();
        failure(ErrorCode.NAME_UNKNOWN, listing::toList);
        failure(ErrorCode.NAME_UNKNOWN, () -> listing.after(tag("a")).toList());
        failure(ErrorCode.NAME_UNKNOWN, () -> listing.limit(1).stream().findFirst());
        pushFresh(repository, 100);
        failure(ErrorCode.NAME_UNKNOWN, listing::toList);
    }

    @Test
    void aRepositoryWithoutTagsHasAnEmptyListing() {
        Repository repository = freshRepository();
        putImage(repository);
        assertThat(repository.tags().list()).isEmpty();
        assertThat(repository.tags().list().after(tag("a"))).isEmpty();
    }

    @Test
    void nothingHappensBeforeAListingIsRead() {
        Repository repository = freshRepository();
        Listing<Tag, Tag> listing = repository.tags().list();
        Listing<Tag, Tag> part = listing.after(tag("a")).limit(2);
        failure(ErrorCode.NAME_UNKNOWN, listing::toList);
        putImage(repository, tag("a"), tag("b"));
        assertThat(listing).containsExactly(tag("a"), tag("b"));
        assertThat(part).containsExactly(tag("b"));
        putImage(repository, tag("c"), tag("d"));
        assertThat(listing).containsExactly(tag("a"), tag("b"), tag("c"), tag("d"));
        assertThat(part).containsExactly(tag("b"), tag("c"));
        assertThat(part.stream()).containsExactly(tag("b"), tag("c"));
    }

    @Test
    void anIteratorEndsWhereTheListingEnds() {
        Repository repository = freshRepository();
        putImage(repository, tag("a"), tag("b"));
        Iterator<Tag> iterator = repository.tags().list().iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(tag("a"));
        assertThat(iterator.next()).isEqualTo(tag("b"));
        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }
}
