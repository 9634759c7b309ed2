package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import wscope.connection.BehaviourParameter;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * The page that browsers get, which is a client of this server. It is a single file. Its
 * Content-Security-Policy allows only its own script and connections to this server.
 */
final class TestPage {
  private static final String FAULT = "fault";

  private TestPage() {}

  /**
   * Creates the page.
   *
   * @param token the token with which it watches all connections; empty if it may not
   */
  static HttpResponse of(Settings settings, String token) {
    String style = read("page.css");
    String script =
        "'use strict';\n\n" + read("page-log.js") + read("page-events.js") + read("page.js");
    List<String> paths = settings.policy().paths();
    String page =
        read("page.html")
            .replace("{{style}}", style)
            .replace("{{script}}", script)
            .replace("{{unseen}}", escaped(unseen(settings)))
            .replace("{{token}}", token)
            .replace("{{faultset}}", escaped(set(settings, FAULT)))
            .replace("{{path}}", escaped(paths.isEmpty() ? "" : paths.get(0)))
            .replace("{{faults}}", settings.queries() == Queries.IGNORED ? "" : faults(settings))
            .replace("{{parameters}}", settings.queries() == Queries.IGNORED ? "" : form(settings));
    String policy =
        "default-src 'none'; connect-src 'self'; script-src "
            + hash(script)
            + "; style-src "
            + hash(style)
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return new HttpResponse(
        200,
        List.of(
            new OutgoingHeaderField("Connection", "close"),
            new OutgoingHeaderField("Content-Type", "text/html; charset=utf-8"),
            new OutgoingHeaderField("Content-Security-Policy", policy),
            new OutgoingHeaderField("X-Content-Type-Options", "nosniff"),
            new OutgoingHeaderField("Referrer-Policy", "no-referrer"),
            new OutgoingHeaderField("Cache-Control", "no-store")),
        page);
  }

  /** The reason why the server does not send its events to the page; empty if it sends them. */
  private static String unseen(Settings settings) {
    return settings.queries() == Queries.IGNORED ? settings.wording().ignoredQueries() : "";
  }

  /** Creates a box for each fault, with what it breaks. */
  private static String faults(Settings settings) {
    BehaviourParameter parameter = settings.parameters().find(FAULT);
    List<String> offered = parameter == null ? List.of() : parameter.values();
    StringBuilder boxes = new StringBuilder(16384);
    for (Fault fault : Faults.of(Endpoint.SERVER)) {
      if (offered.contains(fault.id())) {
        Rule rule = fault.rule();
        String citation = rule == null ? "breaks no rule" : rule.citation();
        boxes.append(
            """
            <label><input type="checkbox" name="fault" value="ID"> <b>ID</b>
            <small>TITLE (CITATION)</small></label>
            """
                .replace("ID", escaped(fault.id()))
                .replace("TITLE", escaped(fault.title()))
                .replace("CITATION", escaped(citation)));
      }
    }
    return boxes.toString();
  }

  /** Creates a row for each other parameter, with its setting from the command line. */
  private static String form(Settings settings) {
    StringBuilder form = new StringBuilder(8192);
    for (BehaviourParameter parameter : settings.parameters().all()) {
      String name = parameter.name();
      if (name.equals(FAULT)) {
        continue;
      }
      String description = parameter.description() + set(settings, name);
      form.append("<p><label for=\"p-NAME\">NAME</label>".replace("NAME", name));
      form.append(control(parameter).replace("NAME", name));
      form.append("<small id=\"d-").append(name).append("\">").append(escaped(description));
      form.append("</small></p>\n");
    }
    return form.toString();
  }

  /** The setting of a parameter from the command line, in words; empty for none. */
  private static String set(Settings settings, String name) {
    String value = settings.parameters().settings(settings.behaviour()).get(name);
    return value == null ? "" : "; set on the command line: " + value;
  }

  /** Creates the input element for a value. NAME stands for the parameter. */
  private static String control(BehaviourParameter parameter) {
    String options = options(parameter.values());
    if (!options.isEmpty() && !parameter.list()) {
      return "<select id=\"p-NAME\" name=\"NAME\" aria-describedby=\"d-NAME\">"
          + "<option value=\"\">–</option>"
          + options
          + "</select>";
    }
    String field =
        "<input id=\"p-NAME\" name=\"NAME\" aria-describedby=\"d-NAME\" placeholder=\""
            + escaped(parameter.example());
    return options.isEmpty()
        ? field + "\">"
        : field + "\" list=\"l-NAME\"><datalist id=\"l-NAME\">" + options + "</datalist>";
  }

  private static String options(List<String> values) {
    StringBuilder options = new StringBuilder();
    values.forEach(value -> options.append("<option>").append(escaped(value)).append("</option>"));
    return options.toString();
  }

  /** Escapes text for HTML, including attribute values. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The hash with which the Content-Security-Policy allows a script or style. */
  private static String hash(String content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String read(String resource) {
    try (InputStream in = TestPage.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the jar");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
