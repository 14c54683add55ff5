package dev.berth.registry.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Sends requests, and does to some of them what networks and services do. */
final class FaultyTransport implements SdkHttpClient {
    private final SdkHttpClient transport = Apache5HttpClient.create();
    private final Function<SdkHttpRequest, Fault> faults;

    /** Asks for each request what is to become of it. */
    FaultyTransport(Function<SdkHttpRequest, Fault> faults) {
        this.faults = faults;
    }

    enum Fault {
        NONE,
        /** The service has too much to do. */
        THROTTLED,
        /** The service has done it, and then the connection breaks. */
        ANSWER_LOST,
        /** The connection breaks in the middle of the answer. */
        ANSWER_CUT,
        /** The connection breaks before the first byte of the body. */
        BODY_LOST,
        /** The answer ends in the middle, as if that were its end. */
        ANSWER_SHORT
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        Fault fault = faults.apply(request.httpRequest());
        ExecutableHttpRequest real = transport.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return switch (fault) {
                    case NONE -> real.call();
                    case THROTTLED -> slowDown();
                    case ANSWER_LOST -> {
                        HttpExecuteResponse answer = real.call();
                        // A service may send the head of a response before it has done what was asked.
                        if (answer.responseBody().isPresent()) {
                            try (InputStream body = answer.responseBody().get()) {
                                body.transferTo(OutputStream.nullOutputStream());
                            }
                        }
                        throw new IOException("Connection reset");
                    }
                    case ANSWER_CUT -> cut(real.call(), 2, true);
                    case BODY_LOST -> cut(real.call(), Integer.MAX_VALUE, true);
                    case ANSWER_SHORT -> cut(real.call(), 2, false);
                };
            }

            @Override
            public void abort() {
                real.abort();
            }
        };
    }

    private static HttpExecuteResponse cut(HttpExecuteResponse answer, int share, boolean breaks) throws IOException {
        byte[] whole;
        try (InputStream body = answer.responseBody().orElseThrow()) {
            whole = body.readAllBytes();
        }
        InputStream half = new ByteArrayInputStream(whole, 0, whole.length / share);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Premature end of Content-Length delimited message body");
            }
        };
        return HttpExecuteResponse.builder()
                .response(answer.httpResponse())
                .responseBody(AbortableInputStream.create(breaks ? new SequenceInputStream(half, broken) : half))
                .build();
    }

    private static HttpExecuteResponse slowDown() {
        byte[] body = "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
                .getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder().statusCode(503).build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    @Override
    public void close() {
        transport.close();
    }
}
