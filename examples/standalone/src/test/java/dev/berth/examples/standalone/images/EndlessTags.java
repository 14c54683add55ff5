package dev.berth.examples.standalone.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A registry whose repository {@code app} has infinitely many pages of tags. */
final class EndlessTags implements AutoCloseable {
    private static final int PAGE = 100;
    /** All tags have the same length, so that their order is numeric. */
    private static final int FIRST = 1_000_000;

    private final HttpServer server;

    EndlessTags() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/app/tags/list", EndlessTags::response);
        server.start();
    }

    private static void response(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        int first = query.contains("from=") ? Integer.parseInt(query.replaceAll(".*from=", "")) : FIRST;
        String tags = IntStream.range(first, first + PAGE)
                .mapToObj(tag -> "\"" + tag + "\"")
                .collect(Collectors.joining(","));
        byte[] body = ("{\"name\":\"app\",\"tags\":[" + tags + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Link", "</v2/app/tags/list?from=" + (first + PAGE) + ">; rel=\"next\"");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String hostAndPort() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
