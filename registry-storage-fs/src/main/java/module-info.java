/**
 * Stores a registry in a directory: {@link dev.berth.registry.storage.fs.FileObjectStore}.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-storage-fs</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.storage.fs {
    requires transitive dev.berth.registry;
    requires org.slf4j;

    exports dev.berth.registry.storage.fs;
}
