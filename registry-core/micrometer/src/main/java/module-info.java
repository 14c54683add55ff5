/**
 * Metrics of a registry for applications that have Micrometer.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-micrometer</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.micrometer {
    requires transitive dev.berth.registry.core;
    requires transitive micrometer.core;

    exports dev.berth.registry.micrometer;
}
