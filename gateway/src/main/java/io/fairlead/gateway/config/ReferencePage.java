package io.fairlead.gateway.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reference of all keys, for people. It is made from the same description that the file is read
 * with. Stateless.
 */
public final class ReferencePage {
    private static final String HEAD =
            """
            # Configuration: `fairlead.yaml`

            This page is generated from the code that reads the file; change that and run the tests.

            Every key is optional unless marked *required*. A key that is not listed is an error, and
            `fairlead validate` names every problem with its line. The file is read again when it changes,
            without a restart; a file with a problem is refused as a whole, and the last good one stays.
            `--host` and `--port` go before the file.

            **Editors** complete and check the file with the
            [JSON Schema](fairlead.schema.json), for example with this first line:

            ```yaml
            # yaml-language-server: $schema=docs/reference/fairlead.schema.json
            ```

            **Values.** `${NAME}` and `${NAME:-default}` take environment variables anywhere in a value
            (the default also for an empty one; `$${` is a plain `${`). A secret may also be `file:PATH`,
            relative to this file; a line break at its end does not count, and a change of that file counts
            as a change of this one. Durations: `250ms`, `30s`, `10m`, `12h`, `30d`. Sizes: `512B`, `64KB`,
            `10MB`, `1GB` (1 KB is 1,024 bytes). Money is in US dollars, prices for 1,000,000 tokens. Anchors
            and aliases work, tags do not.

            **Environment.** A provider whose key is set under the name that its own SDK reads
            (`OPENAI_API_KEY`, `ANTHROPIC_API_KEY`, …) is there without an entry, unless it is `off`;
            `NAME_API_KEY` goes with `NAME_BASE_URL` or `NAME_API_BASE`. A file's own `api_key` and `base_url`
            come first. A key from the environment is sent to that provider's own address only, or to the one
            its base URL variable gives. `FAIRLEAD_ADMIN_KEY` is the admin key where the file has none. The
            provider `sim` is always there, unless it is `off`.

            **Without keys.** A gateway on a loopback address with no `keys` serves without one. To keep web
            pages out, it then takes only requests whose `Host` is a loopback name, without an `Origin` of
            another host, and no `POST` with a content type that a form can send
            (`application/x-www-form-urlencoded`, `text/plain`, `multipart/form-data`): uploads need a key.
            """;

    private ReferencePage() {}

    /** The page as Markdown. */
    public static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, String> described = new LinkedHashMap<>();
        RootShape.ROOT.shapes("", (path, shape) -> section(page, path, shape, described));
        return page.toString();
    }

    private static void section(
            StringBuilder page, String path, Shape<?> shape, Map<String, String> described) {
        String title = path.isEmpty() ? "top level" : path;
        page.append("\n## `").append(title).append("`\n\n").append(shape.doc());
        String first = described.putIfAbsent(shape.name(), title);
        if (first != null) {
            page.append(" Keys as in `").append(first).append("`.\n");
            return;
        }
        page.append("\n\n| key | type | default | meaning |\n| --- | --- | --- | --- |\n");
        for (Key<?> key : shape.keys()) {
            String missing = key.required() ? "*required*" : "";
            page.append("| `")
                    .append(key.name())
                    .append("` | ")
                    .append(key.kind().label())
                    .append(" | ")
                    .append(key.shownDefault().map(ReferencePage::code).orElse(missing))
                    .append(" | ")
                    .append(key.doc())
                    .append(" |\n");
        }
    }

    private static String code(Object value) {
        String text = value instanceof Boolean isOn ? (isOn ? "on" : "off") : String.valueOf(value);
        return "`" + text + "`";
    }
}
