package dev.berth.registry.servlet;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** What Tomcat answers where no servlet has: errors of the specification instead of pages. */
public final class JsonErrorReport extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(ErrorBodies.MEDIA_TYPE);
            response.getOutputStream().write(ErrorBodies.of(status, "The server refused the request"));
            response.finishResponse();
        } catch (IOException e) {
            getContainer().getLogger().debug("A client is gone", e);
        }
    }
}
