/** The engine, the HTTP server and client, registries made of registries, images and the test kit. */
module dev.berth.registry.core {
    requires transitive dev.berth.registry;
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;

    exports dev.berth.registry.compose;
    exports dev.berth.registry.engine;
    exports dev.berth.registry.image;
    exports dev.berth.registry.memory;
    exports dev.berth.registry.server;
}
