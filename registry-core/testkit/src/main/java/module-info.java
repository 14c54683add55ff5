/**
 * A registry for tests, with a JUnit 5 extension, injected faults and assertions:
 * {@link dev.berth.registry.testing.TestRegistry}.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-testkit</artifactId>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.testing {
    requires transitive dev.berth.registry.core;
    requires transitive dev.berth.registry.images;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires dev.berth.registry.accounts;

    exports dev.berth.registry.testing;
}
