/** An application of named modules that hosts a registry and pulls from it. */
module dev.berth.examples.embedded {
    requires dev.berth.registry.core;
    requires dev.berth.registry.console;
}
