package dev.berth.registry.servlet;

class JettyConnectionTest extends ConnectionTest {
    JettyConnectionTest() {
        super(RunningJetty::start);
    }
}
