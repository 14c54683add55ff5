/**
 * What is in an image, what is known against it, and who signed it.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-scan</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.scan {
    requires transitive dev.berth.registry.core;
    requires dev.berth.registry.images;
    requires com.fasterxml.jackson.databind;
    requires com.github.luben.zstd_jni;
    requires org.apache.commons.compress;
    requires java.naming;
    requires org.slf4j;

    exports dev.berth.registry.scan.accepted;
    exports dev.berth.registry.scan.advisory;
    exports dev.berth.registry.scan.adapter;
    exports dev.berth.registry.scan.api;
    exports dev.berth.registry.scan.difference;
    exports dev.berth.registry.scan.found;
    exports dev.berth.registry.scan.gate;
    exports dev.berth.registry.scan.inventory;
    exports dev.berth.registry.scan.known;
    exports dev.berth.registry.scan.report;
    exports dev.berth.registry.scan.service;
    exports dev.berth.registry.scan.sarif;
    exports dev.berth.registry.scan.sbom;
    exports dev.berth.registry.scan.signature;
    exports dev.berth.registry.scan.version;
}
