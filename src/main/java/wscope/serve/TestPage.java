package wscope.serve;

import java.util.List;
import wscope.connection.BehaviourParameter;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.resource.Html;
import wscope.resource.Resource;

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
    String style = Resource.text(TestPage.class, "page.css");
    String script =
        "'use strict';\n\n"
            + Resource.text(TestPage.class, "page-log.js")
            + Resource.text(TestPage.class, "page-events.js")
            + Resource.text(TestPage.class, "page.js");
    List<String> paths = settings.policy().paths();
    String page =
        Resource.text(TestPage.class, "page.html")
            .replace("{{style}}", style)
            .replace("{{script}}", script)
            .replace("{{unseen}}", Html.escaped(unseen(settings)))
            .replace("{{token}}", token)
            .replace("{{faultset}}", Html.escaped(set(settings, FAULT)))
            .replace("{{path}}", Html.escaped(paths.isEmpty() ? "" : paths.get(0)))
            .replace("{{faults}}", settings.queries() == Queries.IGNORED ? "" : faults(settings))
            .replace("{{parameters}}", settings.queries() == Queries.IGNORED ? "" : form(settings));
    String policy =
        "default-src 'none'; connect-src 'self'; script-src "
            + Html.hash(script)
            + "; style-src "
            + Html.hash(style)
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
                .replace("ID", Html.escaped(fault.id()))
                .replace("TITLE", Html.escaped(fault.title()))
                .replace("CITATION", Html.escaped(citation)));
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
      form.append("<small id=\"d-").append(name).append("\">").append(Html.escaped(description));
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
            + Html.escaped(parameter.example());
    return options.isEmpty()
        ? field + "\">"
        : field + "\" list=\"l-NAME\"><datalist id=\"l-NAME\">" + options + "</datalist>";
  }

  private static String options(List<String> values) {
    StringBuilder options = new StringBuilder();
    values.forEach(
        value -> options.append("<option>").append(Html.escaped(value)).append("</option>"));
    return options.toString();
  }
}
