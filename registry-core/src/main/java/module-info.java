/**
 * The engine, the HTTP server and client, registries composed of registries, documents and layouts, and copies.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-core</artifactId>
 * </dependency>
 * }</pre>
 */
@SuppressWarnings("module") // the optional modules, which this one is built without
module dev.berth.registry.core {
    requires transitive dev.berth.registry;
    requires com.fasterxml.jackson.databind;
    requires com.google.common;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires java.management;
    requires org.slf4j;
    // What the system tells of the process.
    requires jdk.management;
    // HttpClient and HttpCore use it, but are automatic modules, which cannot say so.
    requires jdk.net;

    exports dev.berth.registry.access;
    exports dev.berth.registry.audit;
    exports dev.berth.registry.audit.store;
    exports dev.berth.registry.client;
    exports dev.berth.registry.client.credentials;
    exports dev.berth.registry.client.limit;
    exports dev.berth.registry.compose;
    exports dev.berth.registry.copy;
    exports dev.berth.registry.engine;
    exports dev.berth.registry.host;
    exports dev.berth.registry.layout;
    exports dev.berth.registry.maintenance;
    exports dev.berth.registry.manifest;
    exports dev.berth.registry.maintenance.scrub;
    exports dev.berth.registry.memory;
    exports dev.berth.registry.metrics;
    exports dev.berth.registry.mirror;
    exports dev.berth.registry.mirror.replication;
    exports dev.berth.registry.mirror.router;
    exports dev.berth.registry.pulls;
    exports dev.berth.registry.quota;
    exports dev.berth.registry.rules;
    exports dev.berth.registry.server;
    exports dev.berth.registry.server.basic;
    exports dev.berth.registry.server.log;
    exports dev.berth.registry.webhook;
    exports dev.berth.registry.client.http to
            dev.berth.registry.accounts,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.archive to
            dev.berth.registry.images;
    exports dev.berth.registry.internal.browser to
            dev.berth.registry.accounts,
            dev.berth.registry.console;
    exports dev.berth.registry.internal.cache to
            dev.berth.registry.accounts,
            dev.berth.registry.console,
            dev.berth.registry.ldap,
            dev.berth.registry.scan,
            dev.berth.registry.testing;
    exports dev.berth.registry.internal.eventlog to
            dev.berth.registry.console,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.json to
            dev.berth.registry.accounts,
            dev.berth.registry.console,
            dev.berth.registry.images,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.pace to
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.pem to
            dev.berth.registry.accounts,
            dev.berth.registry.ldap,
            dev.berth.registry.scan,
            dev.berth.registry.testing;
    exports dev.berth.registry.internal.store to
            dev.berth.registry.accounts,
            dev.berth.registry.console,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.stream to
            dev.berth.registry.images,
            dev.berth.registry.scan,
            dev.berth.registry.servlet,
            dev.berth.registry.testing;
    exports dev.berth.registry.internal.thread to
            dev.berth.registry.console,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.transport to
            dev.berth.registry.accounts,
            dev.berth.registry.scan;
    exports dev.berth.registry.internal.wire to
            dev.berth.registry.accounts,
            dev.berth.registry.console,
            dev.berth.registry.scan,
            dev.berth.registry.servlet,
            dev.berth.registry.testing;
    exports dev.berth.registry.server.http1.message to
            dev.berth.registry.servlet;
    exports dev.berth.registry.server.resources to
            dev.berth.registry.servlet;
}
