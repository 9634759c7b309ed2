package wscope.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import wscope.protocol.Reception;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** What the server answers with in place of a WebSocket: its page, and what is wrong. */
final class Pages {
  private static final String PAGE = "page.html";

  private final ParameterPages parameters;

  Pages(ParameterPages parameters) {
    this.parameters = parameters;
  }

  /** The test page for a browser, a text for anybody else. */
  HttpResponse answer(RequestHead request) {
    if (!ParameterPages.wantsHtml(request)) {
      return parameters.listing();
    }
    return new HttpResponse(
        200,
        "OK",
        List.of(
            new HttpResponse.Field("Connection", "close"),
            new HttpResponse.Field("Content-Type", "text/html; charset=utf-8"),
            new HttpResponse.Field(
                "Content-Security-Policy", "default-src 'none'; connect-src ws: wss:"),
            new HttpResponse.Field("X-Content-Type-Options", "nosniff")),
        read(PAGE));
  }

  Reception.Denial badQuery(List<String> problems) {
    return parameters.badQuery(problems);
  }

  private static String read(String resource) {
    try (InputStream in = Pages.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
