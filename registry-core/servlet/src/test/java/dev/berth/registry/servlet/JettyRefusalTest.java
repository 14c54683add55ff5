package dev.berth.registry.servlet;

class JettyRefusalTest extends RefusalTest {
    JettyRefusalTest() {
        super(RunningJetty::start);
    }
}
