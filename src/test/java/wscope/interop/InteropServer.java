package wscope.interop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/** The real jar as a server, in a separate process, and its events as JSON. */
final class InteropServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerProcess process;
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final JsonNode listening;

  /**
   * Starts the server on a free port.
   *
   * @param cache the user's cache directory, for the certificate of {@code --tls}
   * @param options of {@code serve}
   */
  InteropServer(Path cache, String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of("--port=0"));
    args.addAll(List.of("--format=json", "--detail=frames", "--preview=0"));
    args.addAll(List.of(options));
    process =
        WscopeCommand.ofJar().with("XDG_CACHE_HOME", cache).serve(args.toArray(String[]::new));
    listening = JSON.readTree(process.listening());
    assertEquals("listening", listening.get("type").asText());
    process.onLine(this::add, System.err::println);
  }

  /** Starts the server with or without {@code --tls}. */
  static InteropServer over(boolean tls, Path cache, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(tls ? List.of("--tls") : List.of());
    InteropServer server = new InteropServer(cache, all.toArray(String[]::new));
    assertEquals(tls ? "wss" : "ws", server.url().getScheme());
    return server;
  }

  private void add(String line) {
    try {
      events.add(JSON.readTree(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of the server: ws: or wss:, 127.0.0.1, and a path without a query. */
  URI url() {
    return URI.create(listening.get("url").asText());
  }

  /** The certificate to trust; null without {@code --tls}. */
  @Nullable Path pem() {
    return usesTls() ? Path.of(note("--cacert ([^ ]+)")) : null;
  }

  /** The flags with which Chromium trusts the certificate; none without {@code --tls}. */
  List<String> chromiumFlags() {
    return usesTls() ? List.of(note("(--ignore-certificate-errors-spki-list=[^ \"]+)")) : List.of();
  }

  private boolean usesTls() {
    return url().getScheme().equals("wss");
  }

  private String note(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(listening.get("notes").toString());
    assertTrue(matcher.find(), () -> pattern + " is not in " + listening);
    return matcher.group(1);
  }

  /** The events until this many WebSockets have ended. */
  List<JsonNode> eventsUntilDisconnected(int connections) throws InterruptedException {
    List<JsonNode> seen = new ArrayList<>();
    for (int left = connections; left > 0; ) {
      JsonNode event = next();
      seen.add(event);
      boolean disconnected = event.get("type").asText().equals("disconnected");
      left -= disconnected && event.get("opened").asBoolean() ? 1 : 0;
    }
    return seen;
  }

  private JsonNode next() throws InterruptedException {
    JsonNode event = events.poll(30, SECONDS);
    assertNotNull(event, "the server reports no further event");
    return event;
  }

  /** Terminates the server with a signal, as a user would. */
  @Override
  public void close() {
    process.terminate();
    try {
      assertEquals(143, process.exitCode());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.close();
    }
  }
}
