package wscope.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.net.TlsKeys;
import wscope.protocol.Limits;
import wscope.serve.Policy;
import wscope.serve.Queries;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.serve.Wording;
import wscope.support.QuietServer;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** S8: many connections and streams through one proxy, which leaks nothing. */
@EnabledOnOs(OS.LINUX)
@Tag("soak")
@Timeout(900)
class ProxySoakIT {
  private static final int BATCH = 500;

  @Test
  void tenThousandRandomStreamsPassUnchanged() throws Exception {
    List<Callable<Void>> batches = new ArrayList<>(List.of(batch(99, TlsKeys.server())));
    for (int batch = 0; batch < 10_000 / BATCH; batch++) {
      batches.add(batch(100 + batch, null));
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> done : threads.invokeAll(batches)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aThousandConnectionsAtOnce() throws Exception {
    try (ServerThread server = echo();
        RunningProxy proxy = RunningProxy.to(server.address().getPort())) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        clients.add(proxy.connect().open());
      }
      assertEquals(1000, pairs(proxy));
      for (RawClient client : clients) {
        client.send(RawClient.text("hello"));
      }
      for (RawClient client : clients) {
        client.expect(RawClient.echo("hello"));
        client.send(RawClient.close(1000));
        client.expectCloseAndEnd(1000);
        client.disconnect();
      }
      awaitNoPairs(proxy);
    }
  }

  @Test
  void tenThousandConnectionsOneAfterTheOtherLeakNothing() throws Exception {
    try (ServerThread server = echo();
        RunningProxy proxy = RunningProxy.to(server.address().getPort())) {
      openAndClose(proxy, 1000);
      long descriptors = descriptors();
      int threads = Thread.activeCount();
      openAndClose(proxy, 10_000);
      assertTrue(descriptors() <= descriptors + 2, descriptors() + " descriptors");
      assertTrue(Thread.activeCount() <= threads + 2, Thread.activeCount() + " threads");
    }
  }

  private static Callable<Void> batch(long seed, @Nullable SSLContext tls) {
    return () -> {
      FrameTrueTest.streams(BATCH, seed, tls);
      return null;
    };
  }

  private static void openAndClose(RunningProxy proxy, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      try (RawClient client = proxy.connect()) {
        client.open();
        client.send(RawClient.text("hello"));
        client.expect(RawClient.echo("hello"));
        // A reset leaves no socket in TIME_WAIT.
        client.reset();
      }
    }
    awaitNoPairs(proxy);
  }

  private static ServerThread echo() throws IOException {
    Settings settings =
        new Settings(
            Limits.SERVER,
            Timeouts.DEFAULT,
            LinkLimits.DEFAULT,
            20_000,
            Policy.DEFAULT,
            BehaviourParameters.withAllFaults(),
            Behaviour.DEFAULT,
            Queries.LENIENT,
            Wording.PLAIN);
    return ServerThread.listening(new Server(settings, new QuietServer())).start();
  }

  private static void awaitNoPairs(RunningProxy proxy) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (pairs(proxy) > 0) {
      assertTrue(System.nanoTime() < end, pairs(proxy) + " pairs are left");
    }
  }

  private static int pairs(RunningProxy proxy) throws Exception {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    proxy.proxy().execute(() -> count.complete(proxy.proxy().pairs().size()));
    return count.get(30, TimeUnit.SECONDS);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    }
  }
}
