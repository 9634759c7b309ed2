package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** {@code wscope check --client --wait} with a client in this process that connects again. */
public final class LoopedClient {
  private static final String TOLD = "waiting for a client that connects again and again to ";

  private LoopedClient() {}

  /** One connection of a client, from its start to its end. */
  @FunctionalInterface
  public interface Client {
    void connect(String url) throws Exception;
  }

  /** Runs the check, and connects the client until the check has ended. */
  public static Run of(List<String> options, Client client) throws Exception {
    List<String> args = new ArrayList<>(List.of("check", "--client", "--wait"));
    args.addAll(options);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PipedInputStream err = new PipedInputStream();
    try (PipedOutputStream errors = new PipedOutputStream(err)) {
      CompletableFuture<Integer> code =
          CompletableFuture.supplyAsync(
              () ->
                  Run.on(
                      Run.stdio(new ByteArrayInputStream(new byte[0]), out, errors),
                      args.toArray(String[]::new)));
      String url = url(err);
      while (!code.isDone()) {
        client.connect(url);
      }
      return new Run(code.get(), out.toString(StandardCharsets.UTF_8), "");
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static String url(PipedInputStream err) throws IOException {
    String line = new BufferedReader(new InputStreamReader(err, StandardCharsets.UTF_8)).readLine();
    assertTrue(line.startsWith(TOLD), line);
    return line.substring(TOLD.length());
  }
}
