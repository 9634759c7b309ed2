package wscope.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import wscope.protocol.Reception;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;

/** Sends every message back as it came, and a page to a browser that asks for one. */
public final class EchoBehaviour implements SessionHandler {
  private static final String PAGE = "page.html";

  @Override
  public Reception receive(RequestHead request) {
    return new Reception.Welcome(null, DeflateParameters.DEFAULT, List.of());
  }

  @Override
  public void message(Session session, Opcode type, ByteBuffer payload) {
    session.send(type, payload);
  }

  @Override
  public HttpResponse page(RequestHead request) {
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

  private static String read(String resource) {
    try (InputStream in = EchoBehaviour.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
