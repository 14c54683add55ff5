/**
 * Builds images, indexes and artifacts without a container engine, and reads the files of images.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-images</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.images {
    requires transitive dev.berth.registry.core;
    requires com.fasterxml.jackson.databind;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;

    exports dev.berth.registry.image;
    exports dev.berth.registry.image.files;
}
