/**
 * What applications compile against: registries and their values, the storage interface, and the events. It needs nothing
 * but the JDK at run time.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-api</artifactId>
 * </dependency>
 * }</pre>
 *
 * @since 0.1
 */
module dev.berth.registry {
    requires static transitive org.jspecify;

    exports dev.berth.registry;
    exports dev.berth.registry.event;
    exports dev.berth.registry.storage;
}
