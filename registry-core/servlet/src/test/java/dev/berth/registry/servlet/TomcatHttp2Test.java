package dev.berth.registry.servlet;

class TomcatHttp2Test extends Http2Test {
    TomcatHttp2Test() {
        super(RunningTomcat::start);
    }
}
