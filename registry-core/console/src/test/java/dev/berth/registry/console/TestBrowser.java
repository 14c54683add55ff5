package dev.berth.registry.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser without scripts: it keeps cookies, fills in forms as they are on a page, and says where they are from. */
public final class TestBrowser {
    private static final Pattern FORM =
            Pattern.compile("<form[^>]*action=\"([^\"]*)\"[^>]*method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final URI server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private @Nullable HttpResponse<String> last;

    TestBrowser(URI server) {
        this.server = server;
    }

    /** Returns the cookies by their names. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** Gets a page. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    /** Gets a page of another server. */
    public HttpResponse<String> visit(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    /** Goes on to where the last answer leads. */
    public HttpResponse<String> follow() {
        return get(location());
    }

    /** Returns where the last answer leads. */
    public String location() {
        return last().headers().firstValue("Location").orElseThrow(() -> new AssertionError(last().body()));
    }

    private HttpResponse<String> last() {
        HttpResponse<String> answer = last;
        if (answer == null) {
            throw new AssertionError("There is no page yet");
        }
        return answer;
    }

    /** Fills in the form of the last page that is sent to an address, and sends it. */
    public HttpResponse<String> submit(String action, String... fields) {
        Map<String, String> filled = form(action);
        for (int i = 0; i < fields.length; i += 2) {
            filled.put(fields[i], fields[i + 1]);
        }
        return post(action, filled, server.toString().replaceAll("/$", ""));
    }

    /** Returns what the form of the last page has that nobody sees. */
    public Map<String, String> form(String action) {
        Matcher form = FORM.matcher(last().body());
        while (form.find()) {
            if (form.group(1).equals(action)) {
                Map<String, String> hidden = new LinkedHashMap<>();
                Matcher input = HIDDEN.matcher(form.group(2));
                while (input.find()) {
                    hidden.put(input.group(1), input.group(2).replace("&amp;", "&"));
                }
                return hidden;
            }
        }
        throw new AssertionError("There is no form for " + action + " in " + last().body());
    }

    /** Sends a form as a page of some origin would. */
    public HttpResponse<String> post(String action, Map<String, String> fields, String origin) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(server.resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        last = answer;
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String field) {
        String pair = field.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        if (field.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }

    /** Signs in with the password that everybody has here, below the root. */
    public TestBrowser signedIn(String name) {
        get("/sign-in");
        HttpResponse<String> answer = submit("/sign-in", "name", name, "password", name + name);
        if (answer.statusCode() != 303) {
            throw new AssertionError(answer.statusCode() + ": " + answer.body());
        }
        return this;
    }
}
