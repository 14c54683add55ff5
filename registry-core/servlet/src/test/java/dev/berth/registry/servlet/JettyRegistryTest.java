package dev.berth.registry.servlet;

class JettyRegistryTest extends ServedRegistryContract {
    JettyRegistryTest() {
        super(RunningJetty::start);
    }
}
