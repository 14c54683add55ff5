package dev.berth.registry.servlet;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class TomcatHttp2Test extends Http2Test {
    TomcatHttp2Test() {
        super(RunningTomcat::start);
    }

    @Override
    @Test
    protected void refusesAnUploadBeforeItHasArrived() throws Exception {
        assumeTrue(
                System.getProperty("berth.test.tomcat", "10").startsWith("10"),
                "Tomcat 11 resets the stream after the response, which the JDK's client takes for a failure");
        super.refusesAnUploadBeforeItHasArrived();
    }
}
