package dev.berth.registry.servlet;

class TomcatRegistryTest extends ServedRegistryContract {
    TomcatRegistryTest() {
        super(RunningTomcat::start);
    }
}
