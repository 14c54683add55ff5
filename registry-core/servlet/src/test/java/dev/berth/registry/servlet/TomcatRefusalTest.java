package dev.berth.registry.servlet;

class TomcatRefusalTest extends RefusalTest {
    TomcatRefusalTest() {
        super(RunningTomcat::start);
    }
}
