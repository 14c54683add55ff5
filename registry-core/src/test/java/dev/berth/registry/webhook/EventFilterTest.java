package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link EventFilter}. */
class EventFilterTest {
    private static RegistryEvent event(String type, String repository) {
        return RegistryEvent.builder(EventType.parse(type), RepositoryName.parse(repository))
                .build();
    }

    private static RegistryEvent pushOf(String mediaType) {
        return RegistryEvent.builder(EventType.MANIFEST_PUSHED, RepositoryName.parse("team/app"))
                .descriptor(Descriptor.of(mediaType, Digest.sha256(new byte[0]), 0))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "manifest.pushed, true",
        "manifest.deleted, true",
        "tag.set, true",
        "tag.deleted, true",
        "blob.pushed, true",
        "blob.mounted, true",
        "blob.deleted, true",
        "blob.damaged, true",
        "repository.renamed, true",
        "manifest.pulled, false",
        "blob.pulled, false",
        "chart.pulled, false"
    })
    void matchesChangesAndNoReadsByDefault(String type, boolean expected) {
        assertThat(EventFilter.changes().matches(event(type, "team/app"))).isEqualTo(expected);
        assertThat(EventFilter.builder().reads(true).build().matches(event(type, "team/app")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "push, manifest.pushed blob.pushed tag.set",
        "pull, manifest.pulled blob.pulled",
        "mount, blob.mounted",
        "delete, manifest.deleted blob.deleted tag.deleted"
    })
    void hasTheActionsOfDockersRegistry(String action, String types) {
        Set<EventType> expected =
                Set.of(List.of(types.split(" ")).stream().map(EventType::parse).toArray(EventType[]::new));

        assertThat(EventFilter.builder().actions(action).build().types()).isEqualTo(expected);
        assertThat(EventFilter.builder().ignoreActions(action).build().ignoredTypes())
                .isEqualTo(expected);
    }

    @Test
    void refusesOtherActions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.builder().actions("push", "rename"))
                .withMessage("There is no action 'rename' of events; the actions are push, pull, mount, delete");
    }

    @Test
    void ignoresActionsOfAllEvents() {
        EventFilter filter =
                EventFilter.builder().reads(true).ignoreActions("pull", "mount").build();

        assertThat(filter.matches(event("manifest.pulled", "a"))).isFalse();
        assertThat(filter.matches(event("blob.mounted", "a"))).isFalse();
        assertThat(filter.matches(event("blob.pushed", "a"))).isTrue();
        assertThat(filter.includesReads()).isFalse();
    }

    @Test
    void knowsWhetherItIncludesReads() {
        assertThat(EventFilter.changes().includesReads()).isFalse();
        assertThat(EventFilter.builder().reads(true).build().includesReads()).isTrue();
        assertThat(EventFilter.builder().reads(true).actions("push").build().includesReads())
                .isFalse();
        assertThat(EventFilter.builder().actions("pull").build().includesReads())
                .isTrue();
        assertThat(EventFilter.builder()
                        .types(EventType.BLOB_PULLED)
                        .ignoreTypes(Set.of(EventType.BLOB_PULLED))
                        .build()
                        .includesReads())
                .isFalse();
    }

    @Test
    void matchesRepositoriesByPatterns() {
        EventFilter filter =
                EventFilter.builder().repositories("team/**", "base").build();

        assertThat(filter.matches(event("tag.set", "team/app/cache"))).isTrue();
        assertThat(filter.matches(event("tag.set", "base"))).isTrue();
        assertThat(filter.matches(event("tag.set", "team"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/team", "*", "team*", "Team/**"})
    void refusesWhatIsNoPattern(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.builder().repositories(text));
    }

    @Test
    void needsARepository() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFilter.builder().repositories())
                .withMessageContaining("**");
    }

    @Test
    void includesAndIgnoresMediaTypesWhateverTheirCase() {
        EventFilter only = EventFilter.builder()
                .mediaTypes(List.of(MediaTypes.OCI_MANIFEST.toUpperCase(java.util.Locale.ROOT)))
                .build();
        EventFilter without = EventFilter.builder()
                .ignoreMediaTypes(List.of(MediaTypes.OCI_MANIFEST))
                .build();

        assertThat(only.matches(pushOf(MediaTypes.OCI_MANIFEST))).isTrue();
        assertThat(only.matches(pushOf(MediaTypes.OCTET_STREAM))).isFalse();
        assertThat(without.matches(pushOf(MediaTypes.OCI_MANIFEST))).isFalse();
        assertThat(without.matches(pushOf(MediaTypes.OCTET_STREAM))).isTrue();
        assertThat(only.matches(event("manifest.deleted", "team/app"))).isTrue();
    }

    @Test
    void isEqualToACopy() {
        EventFilter filter = EventFilter.builder()
                .repositories("team/**")
                .actions("push", "pull")
                .ignoreActions("mount")
                .reads(true)
                .mediaTypes(List.of("a/b"))
                .ignoreMediaTypes(List.of("c/d"))
                .build();

        assertThat(filter.toBuilder().build()).isEqualTo(filter).hasSameHashCodeAs(filter);
        assertThat(filter).isNotEqualTo(EventFilter.changes());
        assertThat(filter.toString()).contains("team/**", "blob.pushed", "a/b", "c/d");
    }
}
