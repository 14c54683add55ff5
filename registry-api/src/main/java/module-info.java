/**
 * What applications compile against: registries and their values, the interface of storage, and the events. It needs
 * nothing but the JDK at run time. Maven: {@code dev.berth:registry-api}.
 *
 * @since 0.1
 */
module dev.berth.registry {
    requires static transitive org.jspecify;

    exports dev.berth.registry;
    exports dev.berth.registry.event;
    exports dev.berth.registry.storage;
}
