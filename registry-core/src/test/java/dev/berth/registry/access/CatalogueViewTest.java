package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.server.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogue of a caller has the repositories that the caller may pull from, and costs what it shows. */
class CatalogueViewTest {
    private static final Caller CALLER = Caller.named("alice");

    /** Components whose order is not that of the names: '-' and '.' stand before '/', letters behind it. */
    private static final List<String> COMPONENTS = List.of("a", "a-b", "a.b", "a0", "b", "z", "a_b");

    private static Registry view(CountedCatalogue catalogue, NameSet readable) {
        return Authorized.of(catalogue, CALLER, policy(readable));
    }

    private static AccessPolicy policy(NameSet readable) {
        return new AccessPolicy() {
            @Override
            public boolean allows(Caller caller, Action action, RepositoryName repository) {
                return readable.contains(repository);
            }

            @Override
            public NameSet readable(Caller caller) {
                return readable;
            }
        };
    }

    private static NameSet names(String... patterns) {
        return NameSet.of(Stream.of(patterns).map(NamePattern::parse).toList());
    }

    private static List<String> texts(Iterable<RepositoryName> names) {
        List<String> texts = new ArrayList<>();
        names.forEach(name -> texts.add(name.value()));
        return texts;
    }

    private static RepositoryName randomName(Random random) {
        int depth = 1 + random.nextInt(4);
        return RepositoryName.parse(String.join(
                "/",
                random.ints(depth, 0, COMPONENTS.size())
                        .mapToObj(COMPONENTS::get)
                        .toList()));
    }

    private static NamePattern randomPattern(Random random) {
        String name = randomName(random).value();
        return NamePattern.parse(
                switch (random.nextInt(4)) {
                    case 0 -> name + "/*";
                    case 1 -> name + "/**";
                    default -> name;
                });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheFilteredCatalogueWhateverThePatterns(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            CountedCatalogue catalogue = new CountedCatalogue(
                    Stream.generate(() -> randomName(random)).limit(random.nextInt(120)));
            NameSet readable = NameSet.of(Stream.generate(() -> randomPattern(random))
                    .limit(random.nextInt(8))
                    .toList());
            RepositoryName after = randomName(random);
            int limit = random.nextInt(10);

            List<String> expected = catalogue.names().stream()
                    .filter(name -> readable.patterns().stream().anyMatch(pattern -> pattern.matches(name)))
                    .map(RepositoryName::value)
                    .toList();
            List<String> expectedPage = expected.stream()
                    .filter(name -> name.compareTo(after.value()) > 0)
                    .limit(limit)
                    .toList();

            Registry view = view(catalogue, readable);
            assertThat(texts(view.repositories())).as("%s", readable).isEqualTo(expected);
            assertThat(texts(view.repositories().after(after).limit(limit)))
                    .as("%s of %s after %s", limit, readable, after)
                    .isEqualTo(expectedPage);
        }
    }

    @Test
    void showsThreeOfAHundredThousandRepositoriesByThreeLooks() {
        CountedCatalogue catalogue = new CountedCatalogue(
                IntStream.range(0, 100_000).mapToObj(i -> RepositoryName.parse("team-" + i + "/app")));

        List<String> seen = texts(view(catalogue, names("team-7/app", "team-50000/app", "team-99999/app"))
                .repositories());

        assertThat(seen).containsExactly("team-50000/app", "team-7/app", "team-99999/app");
        assertThat(catalogue.looks()).isEqualTo(3);
        assertThat(catalogue.namesRead()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"team-50000/**, 2", "team-50000/*, 2", "team/**, 2", "team-5/app, 1", "nobody/**, 2"})
    void readsNoMoreThanThePlaceOfAPattern(String pattern, int reads) {
        // Names between "team" and "team/" as well, since '-' stands before '/'.
        CountedCatalogue catalogue = new CountedCatalogue(Stream.concat(
                IntStream.range(0, 100_000).mapToObj(i -> RepositoryName.parse("team-" + i + "/app")),
                Stream.of(RepositoryName.parse("team/app"), RepositoryName.parse("zoo"))));

        texts(view(catalogue, names(pattern)).repositories());

        assertThat(catalogue.namesRead() + catalogue.looks()).isLessThanOrEqualTo(reads + 1);
    }

    @Test
    void fetchesNoMoreThanAPageNeeds() {
        CountedCatalogue catalogue =
                new CountedCatalogue(IntStream.range(0, 1000).mapToObj(i -> RepositoryName.parse("team/app-" + i)));

        texts(view(catalogue, names("team/**")).repositories().limit(10));

        assertThat(catalogue.wanted()).containsExactly(10L);
    }

    @Test
    void isAskedOfAPolicyThatOnlySaysYesOrNo() {
        CountedCatalogue catalogue =
                new CountedCatalogue(Stream.of("a", "b", "c/d", "e").map(RepositoryName::parse));
        AccessPolicy policy =
                (caller, action, repository) -> !repository.value().equals("b");

        Registry view = Authorized.of(catalogue, CALLER, policy);

        assertThat(texts(view.repositories())).containsExactly("a", "c/d", "e");
        assertThat(texts(view.repositories().limit(2))).containsExactly("a", "c/d");
    }

    @Test
    void isNarrowedByTheLimitOfTheCallerWithoutAScan() {
        CountedCatalogue catalogue = new CountedCatalogue(
                IntStream.range(0, 100_000).mapToObj(i -> RepositoryName.parse("team-" + i + "/app")));
        Caller robot = CALLER.toBuilder()
                .limit(new NameLimit(names("team-9/app"), Role.READER))
                .build();

        List<String> seen =
                texts(Authorized.of(catalogue, robot, policy(NameSet.all())).repositories());

        assertThat(seen).containsExactly("team-9/app");
        assertThat(catalogue.looks() + catalogue.namesRead()).isEqualTo(1);
    }

    @Test
    void copesWithTheLongestNames() {
        String longest = "a".repeat(RepositoryName.MAX_LENGTH);
        String almost = "b".repeat(RepositoryName.MAX_LENGTH - 2);
        CountedCatalogue catalogue = new CountedCatalogue(
                Stream.of(longest, almost, almost + "/c", "z").map(RepositoryName::parse));

        assertThat(texts(view(catalogue, names(longest, longest + "/**", almost + "/*", "z"))
                        .repositories()))
                .containsExactly(longest, almost + "/c", "z");
    }

    @Test
    void holdsEqualSetsEqual() {
        assertThat(names("a/b", "a/**", "a/*", "a/b/c/**", "b")).isEqualTo(names("b", "a/**"));
        assertThat(new TreeSet<>(names("b", "a/**").patterns()))
                .containsExactly(NamePattern.parse("a/**"), NamePattern.parse("b"));
        assertThat(names("a", "**")).isEqualTo(NameSet.all());
        assertThat(names("a/*", "b/c").and(names("a/**", "b/**"))).isEqualTo(names("a/*", "b/c"));
        assertThat(names("a/*").and(NameSet.none())).isEqualTo(NameSet.none());
    }
}
