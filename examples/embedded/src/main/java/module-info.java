/** An application of named modules that hosts a registry. */
module dev.berth.examples.embedded {
    requires dev.berth.registry.core;
    requires java.net.http;
}
