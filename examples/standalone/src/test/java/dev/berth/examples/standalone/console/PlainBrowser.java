package dev.berth.examples.standalone.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does with links, forms and cookies what a browser without a script does. */
final class PlainBrowser {
    private static final Pattern FORM = Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("<(?:input|button)\\b([^>]*)>");
    private static final Pattern ADDRESS = Pattern.compile("\\s(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)=\"([^\"]*)\"");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final String hostAndPort;
    private final String scheme;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** What servers have set, as they wrote it. */
    final List<String> setCookies = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param scheme what the browser would use, if the proxy spoke TLS
     */
    PlainBrowser(String hostAndPort, String scheme) {
        this.hostAndPort = hostAndPort;
        this.scheme = scheme;
    }

    /** A form of a page. */
    record Form(String action, boolean isPost, Map<String, String> fields) {

        /** Returns the address that a form asks for which changes nothing. */
        String asked() {
            return action + "?" + encoded(fields);
        }
    }

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(request(address).GET());
    }

    HttpResponse<String> post(String address, Map<String, String> fields) throws IOException, InterruptedException {
        return send(request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", scheme + "://" + hostAndPort)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields))));
    }

    private HttpRequest.Builder request(String address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + hostAndPort + address));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            setCookies.add(cookie);
            String pair = cookie.split(";", -1)[0];
            cookies.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return response;
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Returns what a page links to, and what it loads. */
    static List<String> addresses(String page) {
        return ADDRESS.matcher(page)
                .results()
                .map(found -> unescaped(found.group(1)))
                .toList();
    }

    static List<Form> forms(String page) {
        List<Form> forms = new ArrayList<>();
        Matcher form = FORM.matcher(page);
        while (form.find()) {
            Map<String, String> attributes = attributes(form.group(1));
            Map<String, String> fields = new LinkedHashMap<>();
            FIELD.matcher(form.group(2))
                    .results()
                    .map(field -> attributes(field.group(1)))
                    .forEach(field -> {
                        if (field.containsKey("name")) {
                            fields.put(field.get("name"), field.getOrDefault("value", ""));
                        }
                    });
            forms.add(new Form(attributes.getOrDefault("action", ""), "post".equals(attributes.get("method")), fields));
        }
        return forms;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        ATTRIBUTE.matcher(text).results().forEach(found -> attributes.put(found.group(1), unescaped(found.group(2))));
        return attributes;
    }

    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
