/** The engine, the HTTP server and client, registries made of registries, images and the test kit. */
module dev.berth.registry.core {
    requires transitive dev.berth.registry;
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;
    // HttpClient and HttpCore use it, but are automatic modules, which cannot say so.
    requires jdk.net;

    // Needed by who builds images, and by nobody else.
    requires static org.apache.commons.compress;
    requires static com.github.luben.zstd_jni;

    // Needed by who tests with JUnit, or asserts with AssertJ, and by nobody else.
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports dev.berth.registry.client;
    exports dev.berth.registry.client.credentials;
    exports dev.berth.registry.compose;
    exports dev.berth.registry.copy;
    exports dev.berth.registry.engine;
    exports dev.berth.registry.image;
    exports dev.berth.registry.memory;
    exports dev.berth.registry.server;
    exports dev.berth.registry.testing;
}
