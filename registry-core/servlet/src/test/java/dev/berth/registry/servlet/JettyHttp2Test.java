package dev.berth.registry.servlet;

class JettyHttp2Test extends Http2Test {
    JettyHttp2Test() {
        super(RunningJetty::start);
    }
}
