package wscope.cli.connect;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;
import wscope.connection.Connection;
import wscope.connection.Disconnected;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;
import wscope.serve.ServeListener;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.ServerThread;

/** What a client does wrong on purpose, as a server sees it. */
@Timeout(60)
class MisbehaviourTest {
  private static final BlockingQueue<List<String>> BROKEN = new LinkedBlockingQueue<>();
  private static ServerThread server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerThread.listening(new Server(Settings.DEFAULT, new Judge())).start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  static Stream<Fault> faults() {
    return Faults.of(Endpoint.CLIENT).stream().filter(fault -> fault.rule() != null);
  }

  /** The server detects the rule that each fault breaks, and no other. */
  @ParameterizedTest
  @MethodSource("faults")
  void breaksOneRule(Fault fault) throws Exception {
    List<String> options = new ArrayList<>(List.of("--fault", fault.id(), "-x", "one"));
    options.addAll(List.of("-x", "two", "--linger", "20ms", "--close-timeout", "200ms"));
    options.addAll(
        switch (fault.deflate()) {
          case NONE, ABSENT -> List.of("--no-deflate");
          case AGREED, TAKEOVER -> List.of();
          case NO_TAKEOVER -> List.of("--deflate", "client_no_context_takeover");
          default -> List.of("--deflate", "client_max_window_bits=9");
        });
    BROKEN.clear();
    Run run = ConnectRun.of(server.address().getPort(), "/", options.toArray(String[]::new));
    assertEquals(List.of(fault.id()), BROKEN.poll(10, SECONDS), run.out());
  }

  /** The columns: the option, the frames that the server sees, one word each. */
  @ParameterizedTest
  @CsvSource({
    "--fault=rsv2-without-extension@2, one two!",
    "--fault=rsv2-without-extension@1, one!",
    "--fragment=2, on e tw o th re e",
    "--split=1, one two three",
    "--rate=200B, one two three",
    "--delay=5ms, one two three",
  })
  void shapesMessages(String option, String expected) throws Exception {
    List<String> frames = new ArrayList<>();
    Run run =
        ConnectRun.of(
            server.address().getPort(),
            "/",
            option,
            "--no-deflate",
            "-x",
            "one",
            "-x",
            "two",
            "-x",
            "three",
            "--linger",
            "300ms");
    boolean violated = false;
    for (String line : run.out().lines().toList()) {
      if (line.matches("> frame .*(text|continuation).*\"")) {
        frames.add(line.replaceAll(".*\"(.*)\"", "$1"));
      } else if (line.startsWith("> frame") && line.contains("RSV 010")) {
        violated = true;
      }
    }
    if (expected.endsWith("!")) {
      assertTrue(violated, run.out());
      assertEquals(5, run.exitCode());
    } else {
      assertEquals(expected, String.join(" ", frames), run.out());
      assertEquals(0, run.exitCode(), run.out());
    }
  }

  @Test
  void endsItsSideWithoutAClose() throws Exception {
    StringBuilder received = new StringBuilder();
    try (CannedServer canned =
        new CannedServer(
            peer -> {
              peer.open();
              received.append(peer.rest());
              peer.send("\u0081\u0002ok");
            })) {
      Run run =
          ConnectRun.of(
              canned.port(), "/", "--half-close", "-x", "a", "--no-deflate", "--linger", "20ms");
      assertEquals(7, received.length());
      assertTrue(run.out().contains("  bytes 0-3   \"ok\"\n"));
      assertTrue(run.out().contains("\n= closed   without a Close frame: we ended TCP (FIN)"));
      assertEquals(5, run.exitCode());
    }
  }

  @Test
  void resetsTcpOnRequest() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (CannedServer canned =
        new CannedServer(
            peer -> {
              peer.open();
              received.add(peer.rest());
            })) {
      Run run = ConnectRun.of(canned.port(), "/", "--drop", "3B", "-x", "abc", "--no-deflate");
      assertTrue(run.out().contains("\n= closed   dropped by us after 3 bytes"), run.out());
      assertEquals("reset", received.take());
    }
  }

  @Test
  void keepsSilent() throws Exception {
    Run run =
        ConnectRun.of(
            server.address().getPort(),
            "/?ping=5ms&close=1000&after=50ms",
            "--silent",
            "pong,close",
            "--for",
            "150ms",
            "-d",
            "messages");
    assertTrue(run.out().contains("\n< ping, "), run.out());
    assertTrue(!run.out().contains("> pong"), run.out());
    assertTrue(run.out().indexOf("< close") < run.out().indexOf("> close"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--fault=server-frame-masked | --fault: unknown fault 'server-frame-masked'; did you mean client-frame-unmasked?",
        "--fault=reserved-opcode@0 | --fault: '0' is not between 1 and 1000000",
        "--silent=ping | --silent: 'ping' is not one of pong, close; did you mean pong?",
        "--split=0 | --split: '0' is not between 1B and 1MiB",
        "--drop=x | --drop: 'x' is neither a number of messages (3) nor a size with a unit (100B, 2KiB, 1MiB)",
      })
  void reportsWrongUsage(String option, String message) {
    Run run = Run.of("connect", ":1", option);
    assertEquals(2, run.exitCode());
    assertEquals("wscope connect: " + message, run.err().lines().findFirst().orElse(""));
  }

  /** Collects the rules that each client breaks. */
  private static final class Judge implements ServeListener {
    @Override
    public ExchangeListener connected(long number) {
      return new Judgement(new ArrayList<>());
    }

    @Override
    public void disconnected(Disconnected event) {}

    @Override
    public void event(Event event) {}

    @Override
    public void watches(Connection watcher, boolean all) {}

    @Override
    public void watched(long number, long watcher) {}

    @Override
    public void roundEnded() {}
  }

  private record Judgement(List<String> broken) implements ExchangeListener {
    @Override
    public void event(Event event) {
      if (event instanceof Event.Request request && !request.result().violations().isEmpty()) {
        add(request.result().violations());
      }
    }

    private void add(List<Violation> violations) {
      if (!violations.isEmpty()) {
        BROKEN.add(violations.stream().map(violation -> violation.rule().id()).toList());
      }
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      return sender == Endpoint.SERVER ? null : new Frames(this);
    }
  }

  private record Frames(Judgement judgement) implements FrameListener {
    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      judgement.add(violations);
    }

    @Override
    public void violation(Violation violation) {
      judgement.add(List.of(violation));
    }
  }
}
